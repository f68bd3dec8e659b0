// init: a new workspace with one running example job.
import ArgumentParser
import FoundationEssentials

struct InitVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new workspace with one running example job.",
        discussion: "Example: almanac init demo && cd demo && almanac run daily-orders --wait")
    @Argument(help: "The folder to make.") var folder: String

    func run() async throws {
        try await verb {
            let target = try absolute(folder)
            let starter = try Folders.findShare() + "/Site/starter"
            let files = FileManager.default
            if let names = try? files.contentsOfDirectory(atPath: target), !names.isEmpty {
                throw Refusal("\(folder) has files already; name a new folder")
            }
            guard let paths = try? files.subpathsOfDirectory(atPath: starter), !paths.isEmpty else {
                throw Refusal("the starter is not beside the program; set ALMANAC_SHARE to the folder that has Templates/ and Site/", status: 70)
            }
            try files.createDirectory(atPath: target, withIntermediateDirectories: true)
            var jobs: [String] = []
            for path in paths.sorted() {
                if isFolder(starter + "/" + path) {
                    try files.createDirectory(atPath: target + "/" + path, withIntermediateDirectories: true)
                    let parts = path.split(separator: "/")
                    if parts.count == 2, parts[0] == "Jobs" { jobs.append(String(parts[1])) }
                } else {
                    try files.copyItem(atPath: starter + "/" + path, toPath: target + "/" + path)
                }
            }
            let job = jobs.first ?? "JOB"
            print("""
                \(folder) is a workspace with the job \(job). What to do next:
                  cd \(folder)
                  almanac check
                  almanac run \(job) --wait
                  almanac user add \(environment("USER") ?? "me") --administrator
                  almanac serve
                """)
        }
    }
}
