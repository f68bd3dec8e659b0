// What a template may name: one static table of fields per model, read by the templates and by the test that compares names.
package import Markup
internal import Mustache
import Vocabulary

/// A value that a template shows: its table of fields is the only way in, so that template and model cannot drift apart unseen.
package protocol TemplateModel: Sendable {
    static var table: FieldTable<Self> { get }
}

/// What stands behind a name.
package enum FieldKind: Sendable {
    /// Escaped wherever it is shown; as a section it is shown when it is neither nil nor empty.
    case text
    /// Shown as it is, because only Markup and the typed builders can make one.
    case html
    case flag
    /// A value of its own, or none.
    case one(any TemplateModel.Type)
    /// Values in order; the name followed by `?` says whether there are any.
    case many(any TemplateModel.Type)
    /// Plain texts in order, each shown by a dot; the name followed by `?` says whether there are any.
    case texts
}

/// One name of a model and how it is read.
package struct Field<Model: Sendable>: Sendable {
    package let name: String
    package let kind: FieldKind
    let read: @Sendable (Model) -> Any

    /// A text, or nothing.
    package static func text(_ name: String, _ read: @escaping @Sendable (Model) -> String?) -> Field {
        Field(name: name, kind: .text) { TextNode(text: read($0) ?? "") }
    }

    /// Markup that is safe already, or nothing.
    package static func html(_ name: String, _ read: @escaping @Sendable (Model) -> SafeHTML?) -> Field {
        Field(name: name, kind: .html) { TextNode(text: read($0)?.html ?? "") }
    }

    /// Yes or no.
    package static func flag(_ name: String, _ read: @escaping @Sendable (Model) -> Bool) -> Field {
        Field(name: name, kind: .flag, read: read)
    }

    /// A model of its own, or nothing.
    package static func one<Part: TemplateModel>(_ name: String, _ read: @escaping @Sendable (Model) -> Part?) -> Field {
        Field(name: name, kind: .one(Part.self)) { model in
            guard let part = read(model) else { return false }
            return ModelNode(model: part)
        }
    }

    /// Models in order.
    package static func many<Part: TemplateModel>(_ name: String, _ read: @escaping @Sendable (Model) -> [Part]) -> Field {
        Field(name: name, kind: .many(Part.self)) { model in read(model).map { ModelNode(model: $0) } }
    }

    /// Plain texts in order.
    package static func texts(_ name: String, _ read: @escaping @Sendable (Model) -> [String]) -> Field {
        Field(name: name, kind: .texts) { model in read(model).map { TextNode(text: $0) } }
    }
}

/// The fields of a model, by name.
package struct FieldTable<Model: Sendable>: Sendable {
    package let fields: [Field<Model>]
    private let places: [String: Int]

    package init(_ fields: Field<Model>...) {
        self.fields = fields
        var places: [String: Int] = [:]
        for (place, field) in fields.enumerated() { places[field.name] = place }
        self.places = places
    }

    /// The value behind a name, or nil when the model does not declare it.
    func value(_ name: String, of model: Model) -> Any? {
        if let place = places[name] { return fields[place].read(model) }
        guard name.utf8.last == UInt8(ascii: "?"), let place = places[String(name.dropLast())] else { return nil }
        switch fields[place].kind {
        case .many, .texts: return !((fields[place].read(model) as? [Any])?.isEmpty ?? true)
        case .text, .html, .flag, .one: return nil
        }
    }
}

extension TemplateModel {
    /// The names of the model and what stands behind them.
    static var names: [(name: String, kind: FieldKind)] { table.fields.map { ($0.name, $0.kind) } }
}

/// A model as swift-mustache looks into it.
struct ModelNode<Model: TemplateModel>: MustacheParent, Sendable {
    let model: Model
    func child(named name: String) -> Any? { Model.table.value(name, of: model) }
}

/// A text as swift-mustache shows it; it has no names of its own, so lookups climb past it.
struct TextNode: MustacheParent, MustacheCustomRenderable, Sendable {
    let text: String
    var renderText: String { text }
    var isNull: Bool { text.isEmpty }
    func child(named name: String) -> Any? { nil }
}

/// What is shown first is what stands first: a page's own names, then those that every page may use.
struct PageNode<Model: TemplateModel>: MustacheParent, Sendable {
    let model: Model
    let surroundings: Surroundings

    func child(named name: String) -> Any? {
        Model.table.value(name, of: model) ?? Surroundings.table.value(name, of: surroundings)
    }
}

/// What every page may name besides its own: the form token and who reads.
struct Surroundings: TemplateModel {
    let siteTitle: String
    let formToken: String?
    let isSignedIn: Bool

    static let table = FieldTable<Surroundings>(
        .text("siteTitle") { $0.siteTitle },
        .text("formToken") { $0.formToken },
        .flag("isSignedIn") { $0.isSignedIn })
}
