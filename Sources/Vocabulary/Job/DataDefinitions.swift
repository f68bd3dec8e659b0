// What goes into a job and what comes out: inputs, parameters, outputs, metrics.

/// The type that an input's column is expected to have.
package enum ColumnType: String, Sendable, Codable, CaseIterable { case string, integer, number, boolean, date, datetime }

/// An input: its name, where it comes from, and what it is expected to look like.
package struct InputDefinition: Hashable, Sendable, Codable {
    /// Where an input comes from.
    package enum Source: Hashable, Sendable, Codable {
        /// Relative to the job folder, inside the workspace.
        case path(String)
        case url(String)
        case run(String)
        case output(job: String, output: String)
    }
    /// What an input must look like, so that the edition may become current.
    package struct Expectation: Hashable, Sendable, Codable {
        /// A column that must be there.
        package struct Column: Hashable, Sendable, Codable {
            package var name: String
            package var type: ColumnType
            package init(name: String, type: ColumnType) { self.name = name; self.type = type }
        }
        package var columns: [Column]
        package var minRows: Int?
        package init(columns: [Column] = [], minRows: Int? = nil) { self.columns = columns; self.minRows = minRows }
    }
    package var name: String
    package var source: Source
    package var expect: Expectation?

    package init(name: String, source: Source, expect: Expectation? = nil) {
        self.name = name
        self.source = source
        self.expect = expect
    }
}

/// A parameter: its type, its default and its bounds.
package struct ParameterDefinition: Hashable, Sendable, Codable {
    /// What a parameter's value is.
    package enum Kind: String, Sendable, Codable, CaseIterable { case integer, number, string, boolean, date, choice }
    package var name: String
    package var kind: Kind
    package var defaultValue: ParameterValue?
    package var min: Double?
    package var max: Double?
    package var choices: [String]
    package var label: String?
    package var help: String?

    package init(
        name: String, kind: Kind, defaultValue: ParameterValue? = nil, min: Double? = nil, max: Double? = nil, choices: [String] = [],
        label: String? = nil, help: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.min = min
        self.max = max
        self.choices = choices
        self.label = label
        self.help = help
    }
}

/// How a CSV file is written, as far as the job says so; the rest is found from the file.
package struct CSVFormat: Hashable, Sendable, Codable {
    /// One ASCII character.
    package var delimiter: String?
    /// `.` or `,`.
    package var decimal: String?
    package init(delimiter: String? = nil, decimal: String? = nil) { self.delimiter = delimiter; self.decimal = decimal }
}

/// A declared output: the file that a run must leave, and what readers are told about it.
package struct OutputDefinition: Hashable, Sendable, Codable {
    /// What a column of a CSV means.
    package struct Column: Hashable, Sendable, Codable {
        package var name: String
        package var title: String?
        package var unit: String?
        package var description: String?
        package init(name: String, title: String? = nil, unit: String? = nil, description: String? = nil) {
            self.name = name
            self.title = title
            self.unit = unit
            self.description = description
        }
    }
    package var name: String
    /// Inside the outputs folder.
    package var path: String
    package var title: String?
    package var description: String?
    package var key: [String]
    package var columns: [Column]
    package var csv: CSVFormat?

    package init(
        name: String, path: String, title: String? = nil, description: String? = nil, key: [String] = [], columns: [Column] = [],
        csv: CSVFormat? = nil
    ) {
        self.name = name
        self.path = path
        self.title = title
        self.description = description
        self.key = key
        self.columns = columns
        self.csv = csv
    }
}

/// A declared metric: what readers are told about it and when it is unusual.
package struct MetricDefinition: Hashable, Sendable, Codable {
    /// Which direction is an improvement.
    package enum Better: String, Sendable, Codable, CaseIterable { case lower, higher }
    package var name: String
    package var title: String?
    package var unit: String?
    package var better: Better?
    package var warnAbove: Double?
    package var warnBelow: Double?
    package var holdAbove: Double?
    package var holdBelow: Double?

    package init(
        name: String, title: String? = nil, unit: String? = nil, better: Better? = nil, warnAbove: Double? = nil, warnBelow: Double? = nil,
        holdAbove: Double? = nil, holdBelow: Double? = nil
    ) {
        self.name = name
        self.title = title
        self.unit = unit
        self.better = better
        self.warnAbove = warnAbove
        self.warnBelow = warnBelow
        self.holdAbove = holdAbove
        self.holdBelow = holdBelow
    }
}
