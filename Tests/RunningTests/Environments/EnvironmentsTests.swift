// Building a real virtual environment, once.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(3)))
struct EnvironmentsTests {
    private let definition = EnvironmentDefinition(kind: .requirements, file: "requirements.txt")

    @Test func `Concurrent callers share one build that is whole or not there`() async throws {
        let scene = try Scene()
        let folder = scene.path + "/environments"
        try Folders.make(folder)
        let python = try #require(try await Interpreters().find(.python))
        let built = try await withThrowingTaskGroup(of: BuiltEnvironment.self) { group in
            for _ in 0..<3 {
                // Each with an object of its own, as three processes would have.
                group.addTask {
                    try await Environments(folder: folder).ensure(.python, lock: (definition, Array("# nothing but Python\n".utf8)))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let environment = try #require(built.first)
        #expect(Set(built).count == 1 && environment.versions["python"] == python.version)
        let place = environment.interpreter?.path.replacing("/venv/bin/python", with: "") ?? ""
        #expect(environment.variables == ["VIRTUAL_ENV": place + "/venv"] && environment.programs == place + "/venv/bin")
        let names = try Folders.names(in: try Descriptor(folder, O_RDONLY | O_DIRECTORY)).map { String(decoding: $0, as: UTF8.self) }
        #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("python-\(python.version)-") }, "\(names)")
        // The rename did not break what is inside.
        let prefix = try await Tool(path: place + "/venv/bin/python", arguments: ["-c", "import sys; print(sys.prefix)"]).run()
        #expect(prefix.output == place + "/venv\n")
        if access(place + "/venv/bin/pip", X_OK) == 0 {
            let pip = try await Tool(path: place + "/venv/bin/pip", arguments: ["--version"]).run()
            #expect(pip.status == 0 && pip.output.contains(place), "\(pip.output)")
        }
        // A task runs in it, and a run records what is in it.
        let assignment = try await scene.assignment(
            files: [("job.py", "import sys\nprint(sys.prefix)\n", false), ("requirements.txt", "# nothing but Python\n", false)], run: "job.py",
            language: .python, environment: definition)
        let prepared = try await scene.workbench.prepare(assignment)
        #expect(prepared.versions == environment.versions.merging(["isolation": "none: it is switched off"]) { $1 })
        #expect(prepared.order.environment["VIRTUAL_ENV"] == place + "/venv" && prepared.order.environment["PATH"]?.hasPrefix(place) == true)
        #expect(try await scene.run(prepared.order).log.hasSuffix("o \(place)/venv\n"))
    }

    @Test func `A failed build says what the tool said and leaves nothing half`() async throws {
        let scene = try Scene()
        let folder = scene.path + "/environments"
        let environments = Environments(folder: folder)
        do {
            _ = try await environments.ensure(.python, lock: (definition, Array("./no-such-package-0.0.whl\n".utf8)))
            Issue.record("it was built")
        } catch let error as RunningError {
            #expect(error.reason == .environmentFailed && error.detail.contains("no-such-package"), "\(error)")
        }
        let names = try Folders.names(in: try Descriptor(folder, O_RDONLY | O_DIRECTORY)).map { String(decoding: $0, as: UTF8.self) }
        #expect(names.map { $0.split(separator: ".").last } == ["log", "lock"], "\(names)")
    }

    @Test func `Lock files of R and Julia are refused with a sentence, without one the machine's library is used`() async throws {
        let environments = Environments(folder: "/nonexistent")
        for (kind, language) in [(EnvironmentDefinition.Kind.renv, TaskLanguage.r), (.julia, .julia)] {
            await #expect(throws: RunningError.self) {
                try await environments.ensure(language, lock: (EnvironmentDefinition(kind: kind, file: "lock"), []))
            }
        }
        let plain = try await environments.ensure(.command, lock: nil)
        #expect(plain == BuiltEnvironment(interpreter: nil, variables: [:], programs: nil, versions: [:], log: nil))
    }

    @Test func `A version that is asked for must be there`() async throws {
        let interpreters = Interpreters()
        let python = try #require(try await interpreters.find(.python))
        let short = python.version.split(separator: ".").prefix(2).joined(separator: ".")
        #expect(try await interpreters.find(.python, version: short)?.version.hasPrefix(short + ".") == true)
        do {
            _ = try await interpreters.find(.python, version: "2.99")
            Issue.record("it was found")
        } catch let error as RunningError {
            #expect(error.detail.hasPrefix("Python 2.99 is not on this machine (there is ") && error.detail.contains(python.version), "\(error)")
        }
        #expect(try await interpreters.find(.command) == nil)
    }

    @Test(arguments: [("3.11.7", "3.11", true), ("3.11.7", "3", true), ("3.1.7", "3.11", false), ("3.11.7", "3.11.7", true), ("3.11", "3.11.7", false)])
    func `Versions fit in as many parts as were asked for`(version: String, wanted: String, fits: Bool) {
        #expect(Interpreters.fits(version, wanted) == fits)
    }

    @Test func `Versions are read from what interpreters print`() {
        #expect(Interpreters.version(in: "Rscript (R) version 4.2.2 (2022-10-31)") == "4.2.2")
        #expect(Interpreters.version(in: "julia version") == nil)
    }
}
