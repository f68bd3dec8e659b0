// The key file: made once, private, and refused when it is not.
import FoundationEssentials
import Glibc
import Testing

@testable import Credentials

struct KeyFileTests {
    /// A folder of its own for one test.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/almanac-key-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func code(_ body: () throws -> KeyFile) -> CredentialsError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? CredentialsError)?.code
        }
    }

    @Test func `A key is made once, with mode 0600, and read again`() throws {
        try withFolder { folder in
            let path = folder + "/deep/er/key"
            let made = try KeyFile.load(path: path, makeIfMissing: true)
            let again = try KeyFile.load(path: path, makeIfMissing: false)
            #expect(made.derive("forms") == again.derive("forms"))
            #expect(made.derive("forms") != made.derive("other"))
            #expect(made.derive("forms").count == 32)
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/deep/er") == ["key"])
        }
    }

    @Test func `A missing key is not made beside existing data`() throws {
        try withFolder { folder in
            #expect(code { try KeyFile.load(path: folder + "/key", makeIfMissing: false) } == .keyMissing)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == [])
        }
    }

    @Test(arguments: [mode_t(0o640), 0o604, 0o660, 0o644]) func `A key that others may read is refused`(mode: mode_t) throws {
        try withFolder { folder in
            _ = try KeyFile.load(path: folder + "/key", makeIfMissing: true)
            chmod(folder + "/key", mode)
            #expect(code { try KeyFile.load(path: folder + "/key", makeIfMissing: true) } == .keyRefused)
        }
    }

    @Test(arguments: ["", "almanac-key-1 zz\n", "almanac-key-1 00\n", "something else entirely"])
    func `What is no key file is refused and left alone`(text: String) throws {
        try withFolder { folder in
            let path = folder + "/key"
            _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
            chmod(path, 0o600)
            #expect(code { try KeyFile.load(path: path, makeIfMissing: true) } == .keyRefused)
            #expect(FileManager.default.contents(atPath: path) == Data(text.utf8))
        }
    }

    @Test func `A folder in the place of the key is refused`() throws {
        try withFolder { folder in #expect(code { try KeyFile.load(path: folder, makeIfMissing: true) } == .keyRefused) }
    }
}
