// The options that every verb takes, and how a verb says that it did not work out.
import ArgumentParser
import Glibc

struct GlobalOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder with Jobs/ (default: this folder, or the nearest one above it that has Jobs/).", valueName: "folder"))
    var workspace: String?

    @Option(help: ArgumentHelp("The data folder (default: $ALMANAC_DATA, else .almanac in the workspace).", valueName: "folder"))
    var data: String?

    @Option(help: ArgumentHelp("The database (default: SQLite in the data folder).", valueName: "address"))
    var database: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false
}

/// Ends a verb with a sentence on stderr and an exit status.
struct Refusal: Error {
    let status: Int32
    let message: String

    init(_ message: String, status: Int32 = 1) {
        self.status = status
        self.message = message
    }
}

/// Runs the body of a verb: refusals and errors become a sentence on stderr and the contract's exit status.
func verb(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let refusal as Refusal {
        say(refusal.message)
        throw ExitCode(refusal.status)
    } catch let exit as ExitCode {
        throw exit
    } catch let error as CleanExit {
        throw error
    } catch {
        say("almanac: \(error)")
        throw ExitCode(70)
    }
}

/// Prints a sentence on stderr.
func say(_ message: String) {
    guard !message.isEmpty else { return }
    var bytes = Array((message + "\n").utf8)
    write(2, &bytes, bytes.count)
}
