// Reading a cron expression.

extension CronExpression {
    static let presets = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@quarterly": "0 0 1 1,4,7,10 *",
        "@yearly": "0 0 1 1 *",
    ]
    static let fieldList = "minute, hour, day of the month, month and weekday"

    /// Reads five fields or a preset. Throws what is wrong, where, and what to write instead.
    package init(_ text: String) throws(CronError) {
        let words = CronWord.split(text)
        guard let first = words.first else {
            throw CronError(message: "there is nothing here", suggestion: "write five fields, such as 0 6 * * 1-5", column: 1)
        }
        if first.text.hasPrefix("@") {
            try self.init(preset: first, followedBy: words.dropFirst().first)
            return
        }
        if words.count == 6 || words.count == 7 { throw Quartz.refusal(of: words) }
        guard words.count == 5 else {
            let there = words.count == 1 ? "there is one field" : "there are \(words.count) fields"
            throw CronError(
                message: "\(there) where five are needed", suggestion: "write \(CronExpression.fieldList), such as 0 6 * * 1-5",
                column: words.count > 5 ? words[5].column : text.count + 1)
        }
        var fields: [CronField: CronSet] = [:]
        for (field, word) in zip(CronField.allCases, words) { fields[field] = try CronFieldReader(field: field).read(word) }
        self.init(description: words.map(\.text).joined(separator: " "), fields: fields)
    }

    private init(preset: CronWord, followedBy next: CronWord?) throws(CronError) {
        if let next { throw CronError(message: "nothing may follow \(preset.text)", suggestion: "remove the rest", column: next.column) }
        let name = preset.text.lowercased()
        if let fields = CronExpression.presets[name] {
            try self.init(fields)
            return
        }
        let others = ["@annually": "write @yearly", "@midnight": "write @daily", "@reboot": "write a time, such as @daily: a job has no restart to wait for"]
        throw CronError(
            message: "\(preset.text) is not known", suggestion: others[name] ?? "write @hourly, @daily, @weekly, @monthly, @quarterly, @yearly or five fields",
            column: preset.column)
    }
}

/// A word of an expression and where it begins.
struct CronWord {
    let text: String
    /// From 1, in characters.
    let column: Int

    static func split(_ text: String) -> [CronWord] {
        var words: [CronWord] = []
        var word = ""
        var column = 0
        for character in text + " " {
            column += 1
            if character != " ", character != "\t" {
                word.append(character)
            } else if !word.isEmpty {
                words.append(CronWord(text: word, column: column - word.count))
                word = ""
            }
        }
        return words
    }

    /// The parts between separators, each with its column; empty ones too.
    func split(by separator: Character) -> [CronWord] {
        var parts: [CronWord] = []
        var column = column
        for part in text.split(separator: separator, omittingEmptySubsequences: false) {
            parts.append(CronWord(text: String(part), column: column))
            column += part.count + 1
        }
        return parts
    }
}
