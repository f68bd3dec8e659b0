// Reading one field of a cron expression.

/// Reads one field: a list of values, ranges and steps.
struct CronFieldReader {
    let field: CronField

    func read(_ word: CronWord) throws(CronError) -> CronSet {
        var set = CronSet()
        set.isStar = word.text.hasPrefix("*")
        for item in word.split(by: ",") {
            guard !item.text.isEmpty else {
                throw CronError(message: "a value is missing beside the comma", suggestion: "remove the comma, or write a value", column: item.column)
            }
            if item.text.contains("?") {
                throw CronError(message: "? is written for Quartz; cron has no such sign", suggestion: "write * in its place", column: item.column)
            }
            if item.text.contains("~") {
                throw CronError(
                    message: "a time at random is not kept", suggestion: "write one value, and use the key jitter to spread jobs", column: item.column)
            }
            if try !readSpecial(item, into: &set) { try readPlain(item, into: &set) }
        }
        return set
    }

    /// `L`, `n#k`, `nL`; false when the item is none of them.
    private func readSpecial(_ item: CronWord, into set: inout CronSet) throws(CronError) -> Bool {
        let upper = item.text.uppercased()
        if field == .day {
            if upper == "L" {
                set.hasLastDay = true
                return true
            }
            if upper.contains("W") || upper.hasPrefix("L") || upper.hasSuffix("L") {
                throw CronError(
                    message: "of the signs for days only L alone, the last day of the month, is known", suggestion: "write L or a day from 1 to 31",
                    column: item.column)
            }
        }
        guard field == .weekday else { return false }
        if item.text.contains("#") {
            let parts = item.split(by: "#")
            guard parts.count == 2, let week = Int(parts[1].text), (1...5).contains(week), parts[1].text.utf8.count == 1 else {
                throw CronError(
                    message: "after # stands which one of the month is meant, 1 to 5", suggestion: "write 1#2 for the second Monday", column: item.column)
            }
            let weekday = try value(parts[0]) % 7
            if set.nth.isEmpty { set.nth = [0, 0, 0, 0, 0] }
            set.nth[week - 1] |= 1 << UInt8(weekday)
            return true
        }
        guard upper.hasSuffix("L") else { return false }
        guard upper != "L" else {
            throw CronError(
                message: "L alone says nothing of the week", suggestion: "write 6 for every Saturday, or 5L for the last Friday of the month",
                column: item.column)
        }
        set.lastWeekdays |= 1 << UInt8(try value(CronWord(text: String(item.text.dropLast()), column: item.column)) % 7)
        return true
    }

    private func readPlain(_ item: CronWord, into set: inout CronSet) throws(CronError) {
        let parts = item.split(by: "/")
        guard parts.count <= 2 else {
            throw CronError(message: "there is more than one / in \(item.text)", suggestion: "write one step, such as */15", column: parts[2].column - 1)
        }
        let step = parts.count == 2 ? try self.step(parts[1]) : 1
        let range = try self.range(parts[0], hasStep: parts.count == 2)
        if parts.count == 2 || parts[0].text == "*" { set.isWild = true }
        for value in stride(from: range.lowerBound, through: range.upperBound, by: step) {
            set.bits |= 1 << UInt64(field == .weekday ? value % 7 : value)
        }
    }

    private func step(_ word: CronWord) throws(CronError) -> Int {
        guard let step = digits(word.text), step > 0 else {
            throw CronError(message: "after / stands a step of 1 or more", suggestion: "write a number, such as */15", column: word.column)
        }
        return step
    }

    private func range(_ word: CronWord, hasStep: Bool) throws(CronError) -> ClosedRange<Int> {
        let (lowest, highest) = (field.values.lowerBound, field.values.upperBound)
        if word.text == "*" { return lowest...(field == .weekday ? 6 : highest) }
        let parts = word.split(by: "-")
        guard parts.count <= 2 else {
            throw CronError(message: "\(word.text) is not a range", suggestion: "write two values, such as \(lowest)-\(lowest + 3)", column: word.column)
        }
        let low = try value(parts[0])
        guard parts.count == 2 else {
            if hasStep {
                throw CronError(
                    message: "a step needs a range to step through", suggestion: "write \(low)-\(highest) before the /", column: word.column)
            }
            return low...low
        }
        let high = try value(parts[1])
        guard low <= high else {
            let text = field == .weekday && high == 0 ? "\(low)-7" : "\(low)-\(field == .weekday ? 6 : highest),\(lowest)-\(high)"
            throw CronError(message: "the range \(word.text) runs backwards", suggestion: "write \(text)", column: word.column)
        }
        return low...high
    }

    private func value(_ word: CronWord) throws(CronError) -> Int {
        let (lowest, highest) = (field.values.lowerBound, field.values.upperBound)
        if let number = digits(word.text) {
            guard field.values.contains(number) else {
                let isNext = number == highest + 1 && lowest == 0 && field != .weekday
                throw CronError(
                    message: "\(field.title) go from \(lowest) to \(highest), and \(word.text) is not among them",
                    suggestion: isNext ? "write 0" : "write a number from \(lowest) to \(highest)", column: word.column)
            }
            return number
        }
        let name = word.text.lowercased()
        if let index = field.names.firstIndex(of: name) { return index + field.nameStart }
        let names = field.names.isEmpty ? "" : " or a name such as \(field.names[1])"
        let short = field.names.first { name.hasPrefix($0) }
        throw CronError(
            message: word.text.isEmpty ? "a value is missing" : "\(word.text) is none of the \(field.title)",
            suggestion: short.map { "write \($0)" } ?? "write *, or a number from \(lowest) to \(highest)\(names)", column: word.column)
    }

    /// The number that stands there in digits and nothing else, or nil; one too large for any field is 1,000,000.
    private func digits(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return text.utf8.reduce(0) { min($0 * 10 + Int($1 - 48), 1_000_000) }
    }
}
