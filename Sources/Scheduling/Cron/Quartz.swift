// Six and seven fields, as Quartz writes them: refused, with the five fields that mean the same.

enum Quartz {
    /// The error for six or seven words, with the translation where there is one.
    static func refusal(of words: [CronWord]) -> CronError {
        let count = words.count == 6 ? "six" : "seven"
        let message = "\(count) fields are how Quartz writes, with seconds in front and weekdays that count from 1 for Sunday"
        guard let fields = translation(words.map(\.text)), let expression = try? CronExpression(fields) else {
            return CronError(message: message, suggestion: "write \(CronExpression.fieldList), such as 0 6 * * 1-5", column: words[0].column)
        }
        var lost: [String] = []
        if digits(words[0].text) == nil { lost.append("there are no seconds") }
        if words.count == 7, words[6].text != "*", words[6].text != "?" { lost.append("there is no year") }
        let remark = lost.isEmpty ? "" : " (\(lost.joined(separator: ", and ")))"
        return CronError(message: message, suggestion: "write \(expression)\(remark)", column: words[0].column)
    }

    /// Five fields that select the same minutes, or nil when a sign has no counterpart (`W`, `L-3`).
    private static func translation(_ words: [String]) -> String? {
        var fields: [String] = []
        for (field, word) in zip(CronField.allCases, words[1...5]) {
            if word == "?" {
                fields.append("*")
                continue
            }
            let items = word.split(separator: ",", omittingEmptySubsequences: false).map { field == .weekday ? weekday($0) : plain($0, field) }
            fields.append(items.joined(separator: ","))
        }
        return fields.joined(separator: " ")
    }

    /// `5/15` is a start and a step in Quartz: `5-59/15`.
    private static func plain(_ item: Substring, _ field: CronField) -> String {
        let parts = item.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = digits(parts[0]) else { return String(item) }
        return start == 0 ? "*/\(parts[1])" : "\(start)-\(field.values.upperBound)/\(parts[1])"
    }

    /// Weekdays count from 1 for Sunday in Quartz, from 0 here; names are the same, and `L` alone is Saturday.
    private static func weekday(_ item: Substring) -> String {
        if item.uppercased() == "L" { return "6" }
        var text = ""
        var number = ""
        var isCounted = true
        for character in item + " " {
            if character.isASCII, character.isNumber {
                number.append(character)
                continue
            }
            // What stands after # and / is a count and no weekday. A 0 becomes -1, which no field takes.
            if !number.isEmpty { text += isCounted ? String((digits(number) ?? 0) - 1) : number }
            number = ""
            if character == "#" || character == "/" { isCounted = false }
            if character != " " { text.append(character) }
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = digits(parts[0]) else { return text }
        return "\(start)-6/\(parts[1])"
    }

    private static func digits(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.count < 4, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
