// A table of a report: rows of an output with the titles and units of its columns.
import Defining
import Tables
import Vocabulary

/// Tables for articles.
enum ArticleTable {
    /// Rows of a table whose block does not say how many.
    static let usualRows = 50
    /// Rows of a table at most.
    private static let mostRows = 1_000

    /// The head of a column.
    struct Head {
        let title: String
        let unit: String?
        let isNumber: Bool
        /// Whether cells are days or times, which are read best in one line.
        var isShort = false

        /// The class of cells, in front of which there is a space.
        var kind: String { isNumber ? " class=\"number\"" : isShort ? " class=\"short\"" : "" }
    }

    /// The table for a block. Throws a sentence for the page when a column is missing.
    static func html(_ block: TableBlock, table: Table, output: Output, definition: OutputDefinition?) throws(BlockProblem) -> String {
        var columns: [Table.Column] = []
        for name in block.columns {
            guard let column = table[name] else { throw BlockProblem.noColumn(name, table) }
            columns.append(column)
        }
        if columns.isEmpty { columns = table.columns }
        var order = Array(0..<table.rows)
        for key in block.sort.reversed() {
            guard let column = table[key.column] else { throw BlockProblem.noColumn(key.column, table) }
            order = sorted(order, by: column, descending: key.descending)
        }
        let shown = min(order.count, min(block.rows ?? usualRows, mostRows))
        let title = block.title ?? definition?.title ?? ArticleChart.spoken(block.data)
        let body = html(
            header: columns.map { head($0, definition) }, rows: rows(columns, Array(order.prefix(shown))), label: title,
            caption: block.title, firstIsLabel: columns.first.map { $0.numbers == nil } ?? false)
        let part = partNote(shown: shown, of: table, isSorted: !block.sort.isEmpty)
        let note = part.map { "<p class=\"table-note\">\($0) <a href=\"\(StoredArticle.filesMark)\(escaped(output.fileName))\" download>Download all of them</a></p>" } ?? ""
        let words = block.description.map { "<p class=\"table-note\">\(escaped($0))</p>" } ?? ""
        return body + note + words
    }

    /// Which rows are shown, or nil when all are.
    private static func partNote(shown: Int, of table: Table, isSorted: Bool) -> String? {
        let (few, all) = (NumberText.integer(Int64(shown)), Amounts.count(table.totalRows, "row"))
        guard Int64(shown) < table.totalRows else { return nil }
        guard Int64(table.rows) < table.totalRows else { return "\(few) of \(all)." }
        return isSorted ? "\(few) rows, found among the first \(NumberText.integer(Int64(table.rows))) of \(all)." : "The first \(few) of \(all)."
    }

    /// A table in a box that scrolls by itself where it is too wide.
    static func html(header: [Head], rows: [[String]], label: String, caption: String? = nil, firstIsLabel: Bool) -> String {
        var text = "<div class=\"table-box\" role=\"region\" aria-label=\"\(escaped(label))\" tabindex=\"0\"><table data-sortable>"
        if let caption { text += "<caption>\(escaped(caption))</caption>" }
        text += "<thead><tr>"
        for (place, head) in header.enumerated() {
            let unit = head.unit.map { " <span class=\"unit\">\(escaped($0))</span>" } ?? ""
            let isNumber = head.isNumber && !(place == 0 && firstIsLabel)
            text += "<th scope=\"col\"\(isNumber ? " class=\"number\"" : "")>\(escaped(head.title))\(unit)</th>"
        }
        text += "</tr></thead><tbody>"
        for row in rows {
            text += "<tr>"
            for (place, cell) in row.enumerated() {
                if place == 0, firstIsLabel {
                    text += "<th scope=\"row\"\(header[place].kind)>\(escaped(cell))</th>"
                } else {
                    text += "<td\(header[place].kind)>\(escaped(cell))</td>"
                }
            }
            text += "</tr>"
        }
        return text + "</tbody></table></div>"
    }

    private static func head(_ column: Table.Column, _ definition: OutputDefinition?) -> Head {
        let declared = definition?.columns.first { $0.name == column.name }
        let isShort = switch column.values {
        case .date, .datetime: true
        case .integer, .number, .boolean, .text: false
        }
        return Head(
            title: declared?.title ?? ArticleChart.spoken(column.name), unit: declared?.unit, isNumber: column.numbers != nil, isShort: isShort)
    }

    /// Cells as texts; the numbers of a column have the decimals of the file, all the same, so that they stand under each other.
    private static func rows(_ columns: [Table.Column], _ order: [Int]) -> [[String]] {
        let texts = columns.map { column -> [String] in
            switch column.values {
            case .date(let cells) where column.precision == .day: return DateText.column(order.map { cells[$0] }).map { $0 ?? "" }
            default: return order.map { row in column[row].map { CellText.text($0, in: column) } ?? "" }
            }
        }
        return order.indices.map { row in texts.map { $0[row] } }
    }

    /// Rows in the order of a column, equal ones as they were; what is missing comes last.
    private static func sorted(_ order: [Int], by column: Table.Column, descending: Bool) -> [Int] {
        func arranged<Value: Comparable>(_ cells: [Value?]) -> [Int] {
            order.enumerated().sorted { left, right in
                switch (cells[left.element], cells[right.element]) {
                case (let a?, let b?) where a != b: return descending ? a > b : a < b
                case (.some, nil): return true
                case (nil, .some): return false
                default: return left.offset < right.offset
                }
            }.map(\.element)
        }
        switch column.values {
        case .integer(let cells): return arranged(cells)
        case .number(let cells): return arranged(cells)
        case .boolean(let cells): return arranged(cells.map { $0.map { $0 ? 1 : 0 } })
        case .date(let cells): return arranged(cells)
        case .datetime(let cells): return arranged(cells)
        case .text(let cells): return arranged(cells)
        }
    }
}

extension Table.Column {
    /// The column with only these rows, in this order.
    func rows(_ order: [Int]) -> Table.Column {
        switch values {
        case .integer(let cells): Table.Column(name: name, values: .integer(order.map { cells[$0] }))
        case .number(let cells): Table.Column(name: name, values: .number(order.map { cells[$0] }))
        case .boolean(let cells): Table.Column(name: name, values: .boolean(order.map { cells[$0] }))
        case .date(let cells): Table.Column(name: name, values: .date(order.map { cells[$0] }))
        case .datetime(let cells): Table.Column(name: name, values: .datetime(order.map { cells[$0] }))
        case .text(let cells): Table.Column(name: name, values: .text(order.map { cells[$0] }))
        }
    }
}
