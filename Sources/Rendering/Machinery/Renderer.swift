// Turns page models into documents: compiled templates, with a workspace's own before the built-in ones.
import FoundationEssentials
import Mustache
import Markup
package import Vocabulary

/// The compiled templates. A value: copies share them.
package struct Renderer: Sendable {
    private let library: MustacheLibrary
    /// What is wrong with templates of the workspace; each of them is replaced by the built-in one.
    package let diagnostics: [Diagnostic]

    /// Reads `layouts`, `partials` and `pages` from the folders, the first that has a file wins; the last folder holds the built-in ones.
    ///
    /// A broken template of another folder is a diagnostic and the next folder's is used. Throws `installation` when a built-in one is missing or broken.
    package init(templates folders: [String]) throws(RenderingError) {
        let found = TemplateFolders(folders)
        if let trouble = found.builtInTrouble {
            throw RenderingError(.installation, subject: "templates", detail: trouble.description)
        }
        library = MustacheLibrary(templates: found.compiled)
        diagnostics = found.diagnostics
    }

    /// What is wrong with the templates of these folders, the built-in ones included: unknown names, missing partials, unescaped texts.
    package static func check(_ folders: [String]) -> [Diagnostic] {
        let found = TemplateFolders(folders)
        return found.diagnostics + (found.builtInTrouble.map { [$0] } ?? [])
    }

    /// The whole document of a page.
    package func page(_ page: some Page, frame: Frame) -> String {
        let surroundings = Surroundings(siteTitle: frame.siteTitle, formToken: frame.formToken, isSignedIn: frame.actorName != nil)
        let content = library.render(PageNode(model: page, surroundings: surroundings), withTemplate: "pages/\(type(of: page).stem)") ?? ""
        let document = FrameModel(frame: frame, title: page.pageTitle, section: page.section, content: SafeHTML(trusted: content))
        return library.render(ModelNode(model: document), withTemplate: "layouts/site") ?? ""
    }

    /// A page's own part, without the frame round it.
    package func article(_ page: some Page) -> String {
        let nobody = Surroundings(siteTitle: "", formToken: nil, isSignedIn: false)
        return library.render(PageNode(model: page, surroundings: nobody), withTemplate: "pages/\(type(of: page).stem)") ?? ""
    }
}

/// Names that models declare and no built-in template uses: for the contract test.
package func unusedNames(templates folder: String) -> [String] {
    let found = TemplateFolders([folder])
    var declared = declaredNames(of: FrameModel.self)
    for page in allPages { declared.formUnion(declaredNames(of: page)) }
    return declared.subtracting(found.used).sorted()
}

/// The templates of some folders, checked and compiled.
private struct TemplateFolders {
    private(set) var compiled: [String: MustacheTemplate] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var builtInTrouble: Diagnostic?
    private(set) var used: Set<String> = []

    private struct Source {
        let name: String
        let file: String
        let text: String
        let isBuiltIn: Bool
    }

    init(_ folders: [String]) {
        let partials = ["layouts", "partials", "pages"].flatMap { kind in Self.names(folders, kind: kind).map { (kind, $0) } }
        var scanned: [String: (file: String, tags: [TemplateTag])] = [:]
        for (kind, name) in partials where kind == "partials" {
            for source in Self.sources(folders, kind: kind, name: name) {
                guard let tags = compile(source, as: name) else { continue }
                scanned[name] = (source.file, tags)
                break
            }
        }
        var models: [String: [any TemplateModel.Type]] = ["layouts/site": [FrameModel.self]]
        for page in allPages { models["pages/\(page.stem)"] = [Surroundings.self, page] }
        for (name, scope) in models.sorted(by: { $0.key < $1.key }) {
            let parts = name.split(separator: "/").map(String.init)
            var isGood = false
            for source in Self.sources(folders, kind: parts[0], name: parts[1]) where !isGood {
                guard let tags = compile(source, as: name) else { continue }
                var check = TemplateCheck(partials: scanned)
                check.check(tags, file: source.file, models: scope)
                used.formUnion(check.used)
                diagnostics += check.diagnostics
                isGood = check.diagnostics.isEmpty
                if !isGood, source.isBuiltIn { builtInTrouble = builtInTrouble ?? check.diagnostics[0] }
            }
            if !isGood, builtInTrouble == nil {
                builtInTrouble = Diagnostic(file: "Templates/\(name).mustache", "the template is missing")
            }
        }
        for (kind, name) in partials where kind != "partials" && models["\(kind)/\(name)"] == nil {
            diagnostics.append(Diagnostic(.warning, file: "Templates/\(kind)/\(name).mustache", "no page uses this template",
                suggestion: "give it the name of the page that it replaces"))
        }
    }

    private mutating func compile(_ source: Source, as name: String) -> [TemplateTag]? {
        let scan = TemplateScan(source.text, file: source.file)
        diagnostics += scan.diagnostics
        if scan.diagnostics.isEmpty, let template = try? MustacheTemplate(string: source.text) {
            compiled[name] = template
            return scan.tags
        }
        if source.isBuiltIn { builtInTrouble = builtInTrouble ?? scan.diagnostics.first }
        return nil
    }

    private static func names(_ folders: [String], kind: String) -> [String] {
        var names: Set<String> = []
        for folder in folders {
            for file in (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? [] where file.hasSuffix(".mustache") {
                names.insert(String(file.dropLast(9)))
            }
        }
        return names.sorted()
    }

    private static func sources(_ folders: [String], kind: String, name: String) -> [Source] {
        folders.enumerated().compactMap { place, folder in
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(kind)/\(name).mustache") else { return nil }
            return Source(
                name: name, file: "Templates/\(kind)/\(name).mustache", text: String(decoding: bytes, as: UTF8.self),
                isBuiltIn: place == folders.count - 1)
        }
    }
}
