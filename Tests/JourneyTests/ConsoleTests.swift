// What the command line says and does, with and without a server.
import Foundation
import Testing
import TestSupport

@Suite struct `At the console` {
    @Test func `a sign-in link names the address of the server that runs`() async throws {
        let place = try Workplace(SampleJobs.rainfall())
        #expect(try place.almanac("user", "add", "paula").status == 0)
        let server = try await place.serve()
        #expect(try place.link("paula").hasPrefix(server.address + "/link/"))
    }

    @Test(arguments: [
        ("ALMANAC_LOG_LEVEL", "loud"), ("ALMANAC_SERVER_PORT", "70000"), ("ALMANAC_SITE_TIME_ZONE", "Mars/Olympus"),
        ("ALMANAC_DATABASE", "mysql://db/almanac"),
    ])
    func `a setting of the environment that cannot be is refused by its name`(name: String, value: String) throws {
        let place = try Workplace(SampleJobs.rainfall())
        let check = try place.almanac("check", variables: [name: value])
        #expect(check.status == 1)
        #expect(check.output.contains(name), "\(check.output)")
        #expect(try place.almanac("run", "rainfall", "--wait", variables: [name: value]).status != 0)
    }

    @Test func `a job cannot take over another one by calling itself its former name`() throws {
        var files = SampleJobs.rainfall("aaa")
        files.merge(SampleJobs.rainfall("bbb", extra: "former_names: [aaa]")) { $1 }
        let place = try Workplace(files)
        #expect(try place.almanac("run", "aaa", "--wait").status == 0)
        #expect(try place.almanac("run", "bbb", "--wait").status == 1)
        #expect(try place.almanac("run", "aaa", "--wait").status == 0)
    }

    @Test func `following a run that is tried again prints each line once`() throws {
        let script = "if [ $ALMANAC_ATTEMPT = 1 ]; then for i in 1 2 3 4 5 6; do echo long line of the first attempt; done; sleep 1; exit 1; fi; echo second; sleep 1; echo a > \"$ALMANAC_OUTPUT_TABLE\""
        let place = try Workplace(SampleJobs.script("probe", script, extra: "retries: { count: 1, delay: 1s }"))
        let run = try place.almanac("run", "probe", "--wait")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.components(separatedBy: " o second\n").count == 2, "\(run.output)")
    }

    @Test func `a missing key beside existing data is refused, never made anew`() throws {
        let place = try Workplace(SampleJobs.rainfall())
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        try FileManager.default.removeItem(atPath: place.folder.path + "/key")
        let run = try place.almanac("run", "rainfall", "--wait")
        #expect(run.status != 0)
        #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/key"))
        #expect(run.errors.contains("key"), "\(run.errors)")
    }

    @Test func `without bubblewrap only jobs that insist on isolation are refused, and check says so`() throws {
        var files = SampleJobs.rainfall()
        files.merge(SampleJobs.rainfall("closed", extra: "network: none")) { $1 }
        files.merge(SampleJobs.rainfall("strict", extra: "isolation: required")) { $1 }
        let place = try Workplace(files)
        let nowhere = ["PATH": place.folder.path]
        let check = try place.almanac("check", variables: nowhere)
        #expect(check.status == 0 && check.output.contains("isolation of jobs on this machine: none: bwrap is not installed"), "\(check.output)")
        #expect(check.output.contains("Jobs/closed/job.yaml: warning: `network: none`: this machine cannot separate a job from the network: bwrap is not"))
        #expect(check.output.contains("Jobs/strict/job.yaml: warning: `isolation: required`: this machine cannot isolate jobs: bwrap is not installed"))
        for job in ["closed", "strict"] {
            let run = try place.almanac("run", job, "--wait", variables: nowhere)
            #expect(run.status == 1 && (run.output + run.errors).contains("bwrap is not installed"), "\(run.output)\(run.errors)")
            #expect(try place.newestRun(job)["failureReason"] as? String == "launchFailed")
        }
        #expect((try place.json("check") as? [String: Any])?["machine"] as? [String: String] != nil)
    }

    @Test func `outside a workspace check says what to do`() throws {
        let place = try Workplace()
        try FileManager.default.removeItem(atPath: place.path + "/Jobs")
        let check = try place.almanac("check")
        #expect(check.status == 1)
        #expect(check.errors.contains("almanac init"), "\(check.errors)")
    }
}
