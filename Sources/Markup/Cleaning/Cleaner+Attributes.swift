// Attributes, addresses and images, each by its rule of the allow-list.
import CLibXML2

extension Cleaner {
    /// Writes the allowed attributes and returns the id among them.
    mutating func write(
        _ attributes: [(name: String, value: String)], of name: String, _ element: AllowList.Element, _ node: xmlNodePtr
    ) -> String? {
        var id: String?
        for (attribute, value) in attributes {
            guard let rule = element.attributes[attribute] ?? AllowList.everywhere[attribute] else {
                // Data attributes do nothing, and rel is written anew.
                if !attribute.hasPrefix("data-"), !(name == "a" && attribute == "rel") { report("\(Cleaner.shown(attribute)) of <\(name)>", node) }
                continue
            }
            guard let clean = clean(value, by: rule, of: name) else {
                report("\(attribute) of <\(name)>", node)
                continue
            }
            if case .id = rule { id = clean }
            put(attribute, clean)
            if case .link = rule, case .external(let address) = Address(clean), !address.lowercased().hasPrefix("mailto:") { put("rel", "noopener noreferrer") }
        }
        return id
    }

    mutating func clean(_ value: String, by rule: AllowList.Attribute, of name: String) -> String? {
        switch rule {
        case .text: return value
        case .number(let range): return Int(value).flatMap { range.contains($0) ? String($0) : nil }
        case .words(let words): return words.contains(value) ? value : words.contains(value.lowercased()) ? value.lowercased() : nil
        case .flag: return ""
        case .markdownClass: return AllowList.markdownClass(value, of: name)
        case .image: return nil
        case .id:
            let id = value.hasPrefix(idPrefix) ? value : idPrefix + value
            return AllowList.isID(value) && ids.insert(id).inserted ? id : nil
        case .link:
            switch Address(value) {
            case .external(let address): return address
            case .fragment(let part): return "#" + (part.isEmpty || part.hasPrefix(idPrefix) ? part : idPrefix + part)
            case .relative(let address): return relativeLink(address).flatMap { Address($0) == .refused ? nil : $0 }
            case .refused: return nil
            }
        }
    }

    /// An image of this site is shown, one of another host becomes a link, and what is neither leaves its words.
    mutating func write(image node: xmlNodePtr, _ attributes: [(name: String, value: String)]) {
        func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
        if let parent = open.last(where: { $0.name != nil })?.name, AllowList.withoutText.contains(parent) { return }
        let words = value("alt") ?? ""
        switch value("src").map(Address.init) {
        case .relative(let address):
            guard let found = relativeImage(address), case .relative(let source) = Address(found), let element = AllowList.elements["img"] else {
                report("src of <img>", node)
                write(Array(words.utf8))
                return
            }
            out += "<img".utf8
            put("src", source)
            put("alt", words)
            _ = write(attributes.filter { $0.name != "src" && $0.name != "alt" }, of: "img", element, node)
            out.append(UInt8(ascii: ">"))
        case .external(let address) where !address.lowercased().hasPrefix("mailto:"):
            report("src of <img>, which became a link", node)
            if links > 0 { write(Array((words.isEmpty ? address : words).utf8)); return }
            out += "<a".utf8
            put("href", address)
            put("rel", "noopener noreferrer")
            out.append(UInt8(ascii: ">"))
            write(Array((words.isEmpty ? address : words).utf8))
            out += "</a>".utf8
        default:
            report("src of <img>", node)
            write(Array(words.utf8))
        }
    }

    mutating func put(_ attribute: String, _ value: String) {
        out += " \(attribute)=\"".utf8
        SafeHTML.escape(value.utf8, into: &out)
        out.append(UInt8(ascii: "\""))
    }

    /// A name as it may stand in a message.
    static func shown(_ name: String) -> String {
        let clean = name.utf8.filter { AllowList.isAlphanumeric($0) || $0 == 45 || $0 == 58 }.prefix(40)
        return clean.isEmpty ? "?" : String(decoding: Array(clean), as: UTF8.self)
    }
}
