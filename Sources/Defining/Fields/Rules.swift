// Rules that texts of several files are held to.
internal import Vocabulary

/// Each rule answers nil when a text fits, else what is wrong with it and what to write.
enum Rules {
    static func email(_ text: String) -> (message: String, suggestion: String?)? {
        isEmail(text) ? nil : ("\(quoted(text)) is not an e-mail address", "write it like `name@example.com`")
    }

    /// Somebody to tell: an e-mail address, or a webhook's.
    static func addressee(_ text: String) -> (message: String, suggestion: String?)? {
        if isEmail(text) || text.hasPrefix("https://") && text.utf8.count > 8 { return nil }
        return ("\(quoted(text)) is neither an e-mail address nor a webhook", "write it like `name@example.com` or `https://example.com/hook`")
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let plain = text.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && !"<>(),;:\"[]\\".unicodeScalars.contains($0) }
        return plain && labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }

    static func group(_ text: String) -> (message: String, suggestion: String?)? {
        if text == "everyone" || text == "public" || Names.isPrincipal(text) { return nil }
        return ("\(quoted(text)) is not a group name: a-z, 0-9 and . _ -, and a letter first", principalName(from: text).map { "write \(quoted($0))" })
    }

    static func team(_ text: String) -> (message: String, suggestion: String?)? {
        if Names.isPrincipal(text) { return nil }
        return ("\(quoted(text)) is not a team name: a-z, 0-9 and . _ -, and a letter first", principalName(from: text).map { "write \(quoted($0))" })
    }

    static func job(_ text: String) -> (message: String, suggestion: String?)? {
        if Names.isJob(text) { return nil }
        if Names.reserved.contains(text) { return ("\(quoted(text)) is a reserved word and cannot name a job", "choose another name") }
        return (
            "\(quoted(text)) cannot name a job: a-z, 0-9 and -, a letter first, at most 64 characters",
            name(from: text, joint: "-").flatMap { Names.isJob($0) ? "write \(quoted($0))" : nil }
        )
    }

    static func secret(_ text: String) -> (message: String, suggestion: String?)? {
        let bytes = Array(text.utf8)
        let fits = bytes.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 }
        if fits, bytes.count <= 64, let first = bytes.first, (65...90).contains(first) { return nil }
        let upper = name(from: text, joint: "_")?.uppercased()
        return ("\(quoted(text)) cannot name a secret: A-Z, 0-9 and _, and a letter first", upper.map { "write \(quoted($0))" })
    }

    /// A version such as `3.11`: two or three numbers.
    static func isVersion(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return (1...3).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.utf8.count <= 4 && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    /// A name for an input, output or the like that is near what was written, or nil.
    static func thingName(from text: String) -> String? { name(from: text, joint: "_").flatMap { Names.isThing($0) ? $0 : nil } }
    static func principalName(from text: String) -> String? { name(from: text, joint: "-").flatMap { Names.isPrincipal($0) ? $0 : nil } }

    private static func name(from text: String, joint: String) -> String? {
        var name = ""
        for byte in text.lowercased().utf8.prefix(64) {
            let fits = (97...122).contains(byte) || (48...57).contains(byte)
            if fits { name.append(Character(UnicodeScalar(byte))) } else if !name.isEmpty, !name.hasSuffix(joint) { name += joint }
        }
        while name.hasSuffix(joint) { name.removeLast(joint.count) }
        while let first = name.utf8.first, (48...57).contains(first) { name.removeFirst() }
        return name.isEmpty ? nil : name
    }

    /// A path relative to a folder, in which no step leads upwards, with what is wrong otherwise.
    static func insidePath(_ text: String) -> (message: String, suggestion: String?)? {
        if text.hasPrefix("/") || text.hasPrefix("~") { return ("\(quoted(text)) is an absolute path", "write a path inside the folder") }
        if text.contains("\\") { return ("\(quoted(text)) holds a backslash", "write `/` between folders") }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains("..") { return ("\(quoted(text)) leads out of the folder", "write a path inside the folder, without `..`") }
        if parts.contains("") || parts.contains(".") { return ("\(quoted(text)) is not a plain path", "write it like `folder/file.csv`") }
        if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) { return ("the path holds a control character", "remove it") }
        return nil
    }
}
