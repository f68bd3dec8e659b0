// A job that runs until the test lets it go: the gate is a file in its working folder, where an isolated job sees it too.
import Foundation
import TestSupport

enum Gate {
    /// A workplace with the job `rainfall`, whose runs wait for the gate before they write what they always write.
    static func workplace() throws -> Workplace {
        try Workplace(SampleJobs.rainfall(body: "while [ ! -e open ]; do sleep 0.05; done; rm open"))
    }

    /// Lets every attempt go that is under way now.
    static func open(_ place: Workplace) {
        for folder in attempts(place) { _ = FileManager.default.createFile(atPath: folder + "/job/work/open", contents: nil) }
    }

    /// Runs the job once more, to its end, with every gate open.
    static func run(_ place: Workplace) async throws -> Finished {
        let opening = Task { while !Task.isCancelled { open(place); try await Task.sleep(for: .milliseconds(50)) } }
        defer { opening.cancel() }
        return try await Program.blocking { try place.almanac("run", "rainfall", "--wait") }
    }

    /// The folders of the attempts under way.
    static func attempts(_ place: Workplace) -> [String] {
        let runs = place.folder.path + "/data/runs"
        return ((try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []).map { runs + "/" + $0 }
    }
}
