// Makes a table from the bytes of a CSV file as they come.
package import Vocabulary

/// Makes a `Table` from chunks. Memory grows with the rows that are kept, and with nothing else.
package struct TableReader {
    private struct Part {
        var builders: [ColumnBuilder] = []
        var blocks: [CSVBlock] = []
        var rows: Int64 = 0
        let limit: Int
    }
    private var stream: CSVStream
    private var part: Part

    /// Keeps at most `limitRows` rows; throws `badFormat`.
    package init(format: CSVFormat = CSVFormat(), limitRows: Int = .max) throws(TableError) {
        stream = try CSVStream(format: format)
        part = Part(limit: limitRows)
    }

    /// Takes the next bytes, as many as there are.
    package mutating func push(_ chunk: [UInt8]) throws(TableError) {
        var part = Part(limit: 0)
        swap(&part, &self.part)
        defer { swap(&part, &self.part) }
        try stream.push(chunk) { (block: inout CSVBlock, dialect) throws(TableError) in TableReader.note(&block, dialect, &part) }
    }

    /// Ends the file and gives the table.
    package consuming func finish() throws(TableError) -> Table {
        var part = Part(limit: 0)
        swap(&part, &self.part)
        try stream.finish { (block: inout CSVBlock, dialect) throws(TableError) in TableReader.note(&block, dialect, &part) }
        let (names, dialect) = (stream.columns ?? [], stream.dialect)
        if part.builders.isEmpty { part.builders = names.map { _ in ColumnBuilder(NumberForm(dialect)) } }
        var columns: [Table.Column] = []
        for (place, name) in names.enumerated() { columns.append(part.builders[place].column(name, in: part.blocks, at: place)) }
        return Table(columns: columns, totalRows: part.rows, dialect: dialect)
    }

    private static func note(_ block: inout CSVBlock, _ dialect: CSVDialect, _ part: inout Part) {
        if part.builders.isEmpty { part.builders = (0..<block.width).map { _ in ColumnBuilder(NumberForm(dialect)) } }
        let keep = Int(min(Int64(block.rows), max(0, Int64(part.limit) - part.rows)))
        for column in 0..<block.width { ColumnCells.with(block, column) { part.builders[column].append($0, keep: keep) } }
        part.rows += Int64(block.rows)
        guard keep > 0 else { return }
        var kept = CSVBlock(bytes: [], fields: [], width: 0, rows: 0, firstRow: 0)
        swap(&kept, &block)
        kept.rows = keep
        part.blocks.append(kept)
    }
}
