// What libyaml complains about, said so that somebody who does not know YAML can mend it.

/// Plain words for the parser's own.
enum YAMLWords {
    /// A message and what to do, for a problem and its context as libyaml words them, and the line in which the context begins.
    static func explain(_ problem: String, context: String?, openedIn line: Int?) -> (message: String, suggestion: String?) {
        let from = line.map { " that begins in line \($0)" } ?? ""
        return switch problem {
        case "mapping values are not allowed in this context":
            ("a `: ` stands where none may stand", "put the text in quotes when it holds `: `, or check the indentation")
        case "could not find expected ':'":
            ("a key without its `:`", "write `key: value`, with a space after the colon")
        case "did not find expected key":
            ("a key is expected here", "check the indentation and the quotes of this line and the one before")
        case "did not find expected ',' or ']'": ("the list in `[ ]`\(from) goes on here without a comma", "close it with `]` or put a comma")
        case "did not find expected ',' or '}'": ("the mapping in `{ }`\(from) goes on here without a comma", "close it with `}` or put a comma")
        case "did not find expected '-' indicator": ("a list item is expected here", "begin it with `- ` under the other items")
        case "found unexpected end of stream": ("a quotation that begins here is never closed", "close it with the same quotation mark")
        case "found character that cannot start any token": ("this character cannot begin a value", "put the value in quotes")
        case "block sequence entries are not allowed in this context": ("a list cannot begin here", "put `- ` on a line of its own under the key")
        case "found unknown escape character": ("an unknown escape stands in the double quotes", "write `\\\\` for a backslash, or use single quotes")
        case "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
            ("a tab stands in the indentation", "indent with spaces")
        default: ("this is not YAML: \(problem)", context.map { "it stands \($0)" })
        }
    }
}
