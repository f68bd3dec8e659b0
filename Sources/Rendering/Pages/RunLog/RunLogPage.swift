// A run's log on a page of its own.
package import Recording
import Vocabulary

/// `/runs/<id>/log` in a browser.
package struct RunLogPage: Page {
    package static let stem = "run-log"
    package let section = Section.runs

    let run: RunRecord
    let jobTitle: String
    let log: LogText

    /// The page with as much of the end of the log as was read; `logBytes` is the length of the whole.
    package init(run: RunRecord, jobTitle: String, log: [UInt8], logBytes: Int64) {
        self.run = run
        self.jobTitle = jobTitle
        self.log = LogText(log, of: logBytes)
    }

    package var pageTitle: String { "Log of \(jobTitle)" }

    package static let table = FieldTable<RunLogPage>(
        .text("title") { $0.jobTitle },
        .text("runAddress") { "/runs/\($0.run.id)" },
        .text("short") { $0.run.id.short },
        .text("statusWords") { $0.run.status.words },
        .text("status") { $0.run.status.rawValue },
        .flag("isActive") { !$0.run.status.isTerminal },
        .text("logAddress") { "/runs/\($0.run.id)/log" },
        .text("log") { $0.log.text },
        .text("logOffset") { "\($0.log.end)" },
        .text("moreAddress") { "/runs/\($0.run.id)/log?download=1" },
        .text("moreWords") { _ in "Download the whole log" },
        .text("logNote") { $0.log.note })
}
