// What the databases say differently: column types, and the few functions that portable SQL lacks.

/// The words of one kind of database.
struct Dialect: Sendable {
    /// What stands for `{int}`, `{text}` … in migrations.
    let words: [(mark: String, word: String)]
    /// The function that finds a text in another and gives its position from 1, or 0: the text to search in comes first.
    let position: String

    /// The statements of a migration with this dialect's words in place of the marks.
    func migration(_ text: String) -> String {
        words.reduce(text) { text, pair in text.split(separator: pair.mark, omittingEmptySubsequences: false).joined(separator: pair.word) }
    }

    /// A condition that is true when `column` contains the argument that stands for `?`. Nothing in the argument has a meaning of its own.
    func contains(_ column: String) -> String { "\(position)(\(column), ?) > 0" }

    /// `?, ?, ?` for so many arguments.
    static func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
