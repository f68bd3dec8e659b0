// Snapshots of inputs.
import Artifacts
import Glibc
import Testing
import Vocabulary

@testable import Running

struct InputReaderTests {
    private func definition(_ paths: [String: String]) -> JobDefinition {
        JobDefinition(title: "T", tasks: [], inputs: paths.sorted { $0.key < $1.key }.map { InputDefinition(name: $0.key, source: .path($0.value)) })
    }

    @Test func `Own files are the job version's, workspace files are read now`() async throws {
        let scene = try Scene()
        let version = try await scene.artifacts.put(Array("old".utf8))
        let manifest = Manifest(files: [Manifest.File(path: "data/own.csv", sha256: version.sha256, bytes: 3, executable: false)])
        for folder in ["Jobs/x/data", "data"] { try Folders.make(scene.path + "/" + folder) }
        try scene.write("newer", to: scene.path + "/Jobs/x/data/own.csv")
        try scene.write("shared", to: scene.path + "/data/all.tar.gz")
        let reader = InputReader(artifacts: scene.artifacts, workspace: scene.path)
        let found = try await reader.snapshots(
            job: "x", definition: definition(["own": "./data/own.csv", "shared": "../../data/all.tar.gz"]), manifest: manifest)
        #expect(found.map(\.fileName) == ["own.csv", "shared.gz"])
        #expect(found.map(\.origin) == ["Jobs/x/data/own.csv", "data/all.tar.gz"])
        #expect(found[0].sha256 == version.sha256 && found[1].bytes == 6)
        #expect(try await scene.artifacts.read(found[1].sha256, limit: 10) == Array("shared".utf8))
    }

    @Test func `An attempt that was laid out already keeps the inputs that it was given`() async throws {
        let scene = try Scene()
        let folder = AttemptFolder(runs: scene.runs, attempt: AttemptID(at: Instant(seconds: 0)))
        try Folders.make(folder.inputs)
        try Folders.make(scene.path + "/data")
        try scene.write("given", to: folder.inputs + "/it.csv")
        try scene.write("changed since", to: scene.path + "/data/all.csv")
        let reader = InputReader(artifacts: scene.artifacts, workspace: scene.path)
        let found = try await reader.snapshots(
            job: "x", definition: definition(["it": "../../data/all.csv"]), manifest: Manifest(files: []), laidOut: folder)
        #expect(found.map(\.bytes) == [5] && found.map(\.origin) == ["data/all.csv"])
    }

    @Test(arguments: ["../../../etc/passwd", "/etc/passwd", "../../missing.csv", "../../link", "../../folder", "../../pipe", ""])
    func `What is not a file of the workspace is refused`(path: String) async throws {
        let scene = try Scene()
        try Folders.make(scene.path + "/folder")
        try Folders.make(scene.path + "/Jobs/x")
        symlink("/etc/passwd", scene.path + "/link")
        mkfifo(scene.path + "/pipe", 0o600)
        let reader = InputReader(artifacts: scene.artifacts, workspace: scene.path)
        do {
            _ = try await reader.snapshots(job: "x", definition: definition(["it": path]), manifest: Manifest(files: []))
            Issue.record("it was read")
        } catch let error as RunningError {
            #expect(error.code == .inputUnavailable && error.subject == "it")
        }
    }
}
