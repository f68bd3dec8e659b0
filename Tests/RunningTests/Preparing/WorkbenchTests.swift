// What a job's process finds, seen from inside the process.
import Artifacts
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(1)))
struct WorkbenchTests {
    @Test func `The environment of a run is exactly the contract's`() async throws {
        let scene = try Scene()
        let assignment = try await scene.assignment(
            files: [("job.sh", "#!/bin/sh\nexec /usr/bin/env > \"$ALMANAC_OUTPUT_ALL\"\n", true)], outputs: [output("all", "sub/all.txt")],
            inputs: [("passengers", "passengers.csv", "n\n1\n")], parameters: ["horizon": .integer(12), "mild": .boolean(true)])
        let (report, collected, _) = try await scene.perform(assignment)
        #expect(report.isSuccess && collected.failure == nil)
        let text = String(decoding: try await scene.artifacts.read(try #require(collected.outputs.first).sha256, limit: 10_000), as: UTF8.self)
        let folder = AttemptFolder(runs: scene.runs, attempt: assignment.attempt).path + "/job"
        #expect(
            text.split(separator: "\n").map(String.init).sorted() == [
                "ALMANAC_ATTEMPT=1", "ALMANAC_INPUTS=\(folder)/inputs", "ALMANAC_INPUT_PASSENGERS=\(folder)/inputs/passengers.csv",
                "ALMANAC_JOB=example", "ALMANAC_METRICS=\(folder)/metrics", "ALMANAC_OUTPUTS=\(folder)/outputs",
                "ALMANAC_OUTPUT_ALL=\(folder)/outputs/sub/all.txt", "ALMANAC_PARAMETERS=\(folder)/parameters.json",
                "ALMANAC_PARAMETER_HORIZON=12", "ALMANAC_PARAMETER_MILD=true", "ALMANAC_RUN_ID=\(assignment.run)",
                "ALMANAC_SCHEDULED_FOR=2026-03-08T03:00:00-04:00", "ALMANAC_TASK=score", "HOME=\(folder)/home", "LANG=C.UTF-8",
                "PATH=\(Interpreters.machinePath)", "PWD=\(folder)/work", "TMPDIR=\(folder)/tmp", "TZ=America/New_York",
            ].sorted())  // PWD is the shell's own
    }

    @Test func `The working folder is a private copy, inputs are read-only, parameters are JSON`() async throws {
        let scene = try Scene()
        let assignment = try await scene.assignment(
            files: [("job.sh", "", false), ("lib/tool", "#!/bin/sh\n", true)], inputs: [("rates", "rates.csv", "a\n1\n")],
            parameters: ["city": .string("Zürich/\"x\""), "level": .number(0.5)])
        let prepared = try await scene.workbench.prepare(assignment)
        let folder = prepared.order.folder
        func mode(_ path: String) -> mode_t {
            var status = stat()
            return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
        }
        #expect(mode(folder.work + "/lib/tool") == 0o700 && mode(folder.work + "/job.sh") == 0o600)
        #expect(mode(folder.inputs + "/rates.csv") == 0o400 && mode(folder.inputs) == 0o500 && mode(folder.path) == 0o700)
        let json = String(decoding: try Descriptor(folder.parameters, O_RDONLY).read(), as: UTF8.self)
        #expect(json == "{\n  \"city\" : \"Zürich/\\\"x\\\"\",\n  \"level\" : 0.5\n}\n")
        await #expect(throws: RunningError.self) { try await scene.workbench.prepare(assignment) }
        try scene.workbench.discard(assignment.attempt)
        #expect(access(folder.path, F_OK) != 0)
    }

    @Test func `A manifest cannot write outside the working folder`() async throws {
        let scene = try Scene()
        let assignment = try await scene.assignment(files: [("../../escaped", "x", false)])
        await #expect(throws: RunningError.self) { try await scene.workbench.prepare(assignment) }
        #expect(access(scene.runs + "/escaped", F_OK) != 0 && access(scene.path + "/escaped", F_OK) != 0)
    }

    @Test(arguments: [
        (TaskLanguage.python, "job.py", "import os\nopen(os.environ['ALMANAC_OUTPUT_RESULT'], 'w').write('a,b\\n1,2\\n')\n"),
        (.r, "job.R", "write.csv(data.frame(a = 1, b = 2), Sys.getenv('ALMANAC_OUTPUT_RESULT'), row.names = FALSE)\n"),
        (.julia, "job.jl", "write(ENV[\"ALMANAC_OUTPUT_RESULT\"], \"a,b\\n1,2\\n\")\n"),
        (.command, "job.sh", "printf 'a,b\\n1,2\\n' > \"$ALMANAC_OUTPUT_RESULT\"\n"),
        (.command, "job", "#!/usr/bin/awk -f\nBEGIN { print \"a,b\\n1,2\" > ENVIRON[\"ALMANAC_OUTPUT_RESULT\"] }\n"),
    ])
    func `Each language runs`(language: TaskLanguage, file: String, text: String) async throws {
        let scene = try Scene()
        let here = (try? await Interpreters().find(language)) != nil || language == .command
        guard here else { return }
        let assignment = try await scene.assignment(
            files: [(file, text, false)], run: file, language: language, outputs: [output("result", "result.csv")])
        let (report, collected, log) = try await scene.perform(assignment)
        #expect(report.isSuccess && collected.failure == nil, "\(log)")
        #expect(collected.outputs.map(\.rows) == [1] && collected.outputs.first?.columns == ["a", "b"])
        #expect(!log.contains("left in the working folder"))
    }

    @Test func `What cannot be started is refused with what to do`() async throws {
        let scene = try Scene()
        func complaint(_ file: String, _ text: String, _ language: TaskLanguage = .command, path: String = "/usr/bin:/bin") async throws -> String {
            let assignment = try await scene.assignment(files: [(file, text, true)], run: file, language: language)
            let environments = Environments(folder: scene.path + "/environments", interpreters: Interpreters(searchPath: path))
            let workbench = Workbench(artifacts: scene.artifacts, runs: scene.runs, environments: environments)
            do {
                _ = try await workbench.prepare(assignment)
                return "nothing"
            } catch let error as RunningError {
                return "\(error.reason.rawValue): \(error.detail)"
            }
        }
        #expect(try await complaint("a.sh", "#!/bin/sh\r\n").contains("Unix line ends"))
        #expect(try await complaint("a.pl", "#!/nonexistent/perl -w\n").contains("/nonexistent/perl, which is not on this machine"))
        #expect(try await complaint("a.ipynb", "{}", .notebook).hasPrefix("launchFailed: notebook tasks cannot be run yet"))
        #expect(
            try await complaint("a.R", "", .r, path: "/nonexistent")
                == "environmentFailed: R is not on this machine: install it, on Debian or Ubuntu with `apt-get install r-base-core`")
        #expect(try await complaint("a.py", "", .python, path: "/nonexistent").contains("apt-get install python3 python3-venv"))
    }
}
