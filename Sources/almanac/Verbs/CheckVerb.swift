// check: what is wrong with jobs, templates, site and settings, all at once.
import ArgumentParser
import Defining
import Rendering
import Running
import Vocabulary

struct CheckVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say what is wrong with jobs, templates, site and settings; changes nothing.",
        discussion: "Example: almanac check airline-passengers")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The jobs (default: all).") var jobs: [String] = []

    func run() async throws {
        try await verb {
            let folders = try Folders(options)
            let settings = folders.settings
            guard isFolder(folders.workspace + "/Jobs") else {
                throw Refusal("\(folders.workspace) has no folder Jobs/, so it is no workspace; `almanac init DIR` makes one")
            }
            let reader = WorkspaceReader(workspace: folders.workspace)
            let names = try reader.jobNames()
            if let missing = jobs.first(where: { !names.contains($0) }) {
                throw Refusal("there is no folder Jobs/\(missing); there are: \(names.isEmpty ? "none yet" : names.joined(separator: ", "))")
            }
            var diagnostics = settings.diagnostics + Renderer.check(folders.templates)
            if let text = readText(folders.workspace + "/Site/site.yaml") { diagnostics += SiteFile.read(text, file: "Site/site.yaml").1 }
            let isolation = await IsolationTier.probe()
            let limits = LimitTiers.probe().all
            var good: [String] = []
            for reading in reader.readAll() where jobs.isEmpty || jobs.contains(reading.name) {
                switch reading {
                case .good(let folder):
                    good.append(folder.name)
                    diagnostics += folder.diagnostics
                    if let refusal = isolation.refusal(of: folder.definition) { diagnostics.append(notHere(refusal, job: folder.name)) }
                case .broken(_, let found): diagnostics += found
                }
            }
            let errors = diagnostics.count { $0.severity == .error }
            if options.json {
                struct Answer: Encodable {
                    let jobs: [String]; let diagnostics: [Diagnostic]; let settings: [String: String]
                    /// What this machine can do for jobs, in words by their key.
                    let machine: [String: String]
                }
                let pairs = settings.all.map { ($0.key, $0.value) }
                let machine = ["isolation": isolation.words].merging(limits.map { ("limits.\($0.limit)", $0.means) }) { $1 }
                printJSON(Answer(jobs: good, diagnostics: diagnostics, settings: Dictionary(pairs) { $1 }, machine: machine))
            } else {
                for diagnostic in diagnostics { print(diagnostic.description) }
                for entry in settings.all where jobs.isEmpty { print("\(entry.key) = \(entry.value.isEmpty ? "-" : entry.value)  (\(entry.source))") }
                if jobs.isEmpty {
                    print("isolation of jobs on this machine: \(isolation.words)")
                    print("limits are held by: \(limits.map { "\($0.limit): \($0.means)" }.joined(separator: ", "))")
                }
                let warnings = diagnostics.count - errors
                print("\(counted(good.count, "job")) in order, \(counted(errors, "error")), \(counted(warnings, "warning"))")
                if names.isEmpty { print("Jobs/ has no folders yet; `almanac init DIR` makes a workspace with an example.") }
            }
            if errors > 0 { throw Refusal("") }
        }
    }
}

/// A warning and no error: the job is in order, and another machine can run it.
private func notHere(_ refusal: IsolationTier.Refusal, job: String) -> Diagnostic {
    Diagnostic(
        .warning, file: "Jobs/\(job)/job.yaml", "`\(refusal.key)`: \(refusal.detail), so its runs fail here", suggestion: refusal.instead)
}

/// A number with its noun: `1 job`, `2 jobs`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
