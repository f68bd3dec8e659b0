// Bytes of a file as text: UTF-8 with one kind of line break, or a diagnostic that points at the byte.
internal import Vocabulary

/// Turns the bytes of what people wrote into text.
enum SourceText {
    /// The text without a byte order mark and with `\n` as its only line break; nil, with a diagnostic, when the bytes are not UTF-8
    /// or hold a control character.
    static func decode(_ bytes: [UInt8], into findings: Findings) -> String? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if let problem = firstProblem(bytes[start...]) {
            findings.error(problem.place, problem.message, problem.suggestion)
            return nil
        }
        return normalised(String(decoding: bytes[start...], as: UTF8.self))
    }

    /// The text without a byte order mark and with `\n` for `\r\n` and `\r`.
    static func normalised(_ text: String) -> String {
        var bytes = text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.utf8.dropFirst(3)) : Array(text.utf8)
        guard bytes.contains(13) else { return bytes.count == text.utf8.count ? text : String(decoding: bytes, as: UTF8.self) }
        var write = 0
        var read = 0
        while read < bytes.count {
            var byte = bytes[read]
            if byte == 13 {
                if read + 1 < bytes.count, bytes[read + 1] == 10 { read += 1 }
                byte = 10
            }
            bytes[write] = byte
            write += 1
            read += 1
        }
        return String(decoding: bytes[..<write], as: UTF8.self)
    }

    struct Problem {
        let place: Place
        let message: String
        let suggestion: String
    }

    private static func firstProblem(_ bytes: ArraySlice<UInt8>) -> Problem? {
        var line = 1
        var column = 1
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var afterReturn = false
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .emptyInput: return nil
            case .error:
                return Problem(
                    place: Place(line: line, column: column), message: "the file is not UTF-8", suggestion: "save it with the encoding UTF-8")
            case .valid(let encoded):
                let value = Unicode.UTF8.decode(encoded).value
                if value == 10 || value == 13 {
                    if !(value == 10 && afterReturn) { line += 1 }
                    column = 1
                } else if value < 32 && value != 9 || value == 127 {
                    return Problem(
                        place: Place(line: line, column: column), message: "a control character stands here",
                        suggestion: "remove it; it does not show in most editors")
                } else {
                    column += 1
                }
                afterReturn = value == 13
            }
        }
    }
}
