// Job folders on the disk: which files count, what their digest is, and when something has changed.
import Defining
import Foundation
import Testing
import Vocabulary

@Suite struct `the reading of a workspace` {
    static let yaml = "contract: 1\ntitle: Sales\ntasks: {score: {run: score.py}}\n"

    private func good(_ workspace: String, _ name: String = "sales") throws -> JobFolder {
        let reading = WorkspaceReader(workspace: workspace).read(job: name)
        guard case .good(let job) = reading else { throw Broken(diagnostics: reading.diagnostics) }
        return job
    }

    struct Broken: Error { let diagnostics: [Diagnostic] }

    @Test func `the manifest holds the files that count, with their digests`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        for ignored in [".hidden", ".git/config", ".Rproj.user/x", "__pycache__/score.pyc", "old.pyc"] {
            try scratch.write("work/Jobs/sales/" + ignored, "x")
        }
        try scratch.write("work/Jobs/sales/tools/run.sh", "#!/bin/sh\n", executable: true)
        let job = try good(workspace)
        #expect(job.files.map(\.path) == ["job.yaml", "score.py", "tools/run.sh"])
        #expect(job.files.map(\.executable) == [false, false, true])
        #expect(job.folder.hasSuffix("/work/Jobs/sales"))
    }

    @Test func `the digest of the empty file is that of SHA-256`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        try scratch.write("work/Jobs/sales/empty.txt", "")
        #expect(try good(workspace).manifest.file("empty.txt")?.sha256.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func `the version changes with contents, names and the right to execute, and with nothing else`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        let first = try good(workspace).manifestDigest
        try scratch.write("work/Jobs/sales/.notes", "x")
        try scratch.write("work/Jobs/sales/score.py", "print('done')\n")
        #expect(try good(workspace).manifestDigest == first)
        try scratch.write("work/Jobs/sales/score.py", "print('gone')\n")
        let second = try good(workspace).manifestDigest
        #expect(second != first)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: workspace + "/Jobs/sales/score.py")
        #expect(try good(workspace).manifestDigest != second)
    }

    @Test func `one reader sees a file that was written again with the same length`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        let reader = WorkspaceReader(workspace: workspace)
        guard case .good(let before) = reader.read(job: "sales") else { Issue.record("broken"); return }
        try scratch.write("work/Jobs/sales/score.py", "print('gone')\n")
        guard case .good(let after) = reader.read(job: "sales") else { Issue.record("broken"); return }
        #expect(before.manifestDigest != after.manifestDigest)
    }

    @Test func `the signature changes with every edit and stays without one`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        let reader = WorkspaceReader(workspace: workspace)
        let first = reader.signature(job: "sales")
        #expect(reader.signature(job: "sales") == first)
        try scratch.write("work/Jobs/sales/new.txt", "x")
        let second = reader.signature(job: "sales")
        #expect(second != first)
        try scratch.write("work/Jobs/sales/new.txt", "xy")
        #expect(reader.signature(job: "sales") != second)
        #expect(reader.signature(job: "missing") != second)
    }

    @Test func `a link to a file of the workspace counts as that file`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        try scratch.write("work/shared/tools.py", "x = 1\n")
        try FileManager.default.createSymbolicLink(atPath: workspace + "/Jobs/sales/tools.py", withDestinationPath: "../../shared/tools.py")
        #expect(try good(workspace).manifest.file("tools.py")?.bytes == 6)
    }

    @Test func `a pipe in the folder is an error, not a wait`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        mkfifo(workspace + "/Jobs/sales/pipe", 0o600)
        #expect(WorkspaceReader(workspace: workspace).read(job: "sales").diagnostics.map(\.message) == ["`pipe` is neither a file nor a folder"])
    }

    @Test func `more files than allowed are an error`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        try scratch.write("work/Jobs/sales/more.txt", "")
        #expect(WorkspaceReader(workspace: workspace, mostFiles: 3).read(job: "sales").diagnostics.isEmpty)
        #expect(WorkspaceReader(workspace: workspace, mostFiles: 2).read(job: "sales").diagnostics.map(\.message) == ["the job folder holds more than 2 files"])
    }

    @Test func `job names are the folders of Jobs, and a missing Jobs is an error`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        try scratch.write("work/Jobs/README.md", "x")
        try scratch.write("work/Jobs/.hidden/job.yaml", "x")
        try scratch.write("work/Jobs/Other One/job.yaml", "x")
        let reader = WorkspaceReader(workspace: workspace)
        #expect(try reader.jobNames() == ["Other One", "sales"])
        #expect(reader.readAll().map(\.name) == ["Other One", "sales"])
        #expect(throws: DefiningError.self) { try WorkspaceReader(workspace: scratch.path).jobNames() }
    }

    @Test func `a broken neighbour holds nobody up`() throws {
        let scratch = try Scratch()
        let workspace = try scratch.job(Self.yaml)
        try scratch.job("contract: 7\n", name: "broken")
        let all = WorkspaceReader(workspace: workspace).readAll()
        guard case .broken("broken", _) = all[0], case .good(let job) = all[1] else { Issue.record("\(all)"); return }
        #expect(job.name == "sales")
    }
}
