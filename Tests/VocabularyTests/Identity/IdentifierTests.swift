// Identifiers, digests and names.
import Testing
import Vocabulary

@Suite struct IdentifierTests {
    @Test func `An identifier is a UUID of version 7 that holds its time`() {
        let id = RunID(at: Instant(milliseconds: 0x0123_4567_89AB))
        let text = Array(id.text)
        #expect(id.text.hasPrefix("01234567-89ab-7"))
        #expect("89ab".contains(text[19]))
        #expect(RunID(id.text) == id)
        #expect(id.short.count == 8 && id.text.hasSuffix(id.short))
    }

    @Test func `Identifiers sort by their time and are never equal`() {
        let ids = (0..<1000).map { RunID(at: Instant(milliseconds: 1_772_953_200_000 + Int64($0))) }
        #expect(ids == ids.sorted())
        #expect(Set((0..<1000).map { _ in RunID(at: Instant(milliseconds: 0)) }).count == 1000)
    }

    @Test(arguments: [
        "", "01234567-89ab-7000-8000-00000000000", "01234567-89AB-7000-8000-000000000000", "01234567089ab-7000-8000-000000000000",
        "01234567-89ab-7000-8000-00000000000g", "01234567-89ab-7000-8000-0000000000000", "../../etc/passwd-7000-8000-0000000000",
    ]) func `What is no identifier is refused`(text: String) { #expect(RunID(text) == nil) }

    @Test func `A digest is 64 lower-case hexadecimal characters of 32 bytes`() {
        let digest = Digest(bytes: (0..<32).map { UInt8($0 * 8) })
        #expect(digest.hex == "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8")
        #expect(Digest(hex: digest.hex) == digest)
        #expect(digest.short == "000810182028")
        #expect(Digest(hex: digest.hex.uppercased()) == nil)
        #expect(Digest(hex: String(digest.hex.dropLast())) == nil)
        #expect(Digest(hex: digest.hex.dropLast() + "/") == nil)
    }

    @Test(arguments: [
        ("lake-levels", true), ("a", true), ("x2", true), (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
        ("", false), ("-x", false), ("2x", false), ("Lake", false), ("lake_levels", false), ("lake levels", false), ("../x", false), ("é", false),
        ("admin", false), ("reports", false), ("new", false),
    ]) func `A job has a name that fits an address`(name: String, fits: Bool) { #expect(Names.isJob(name) == fits) }

    @Test(arguments: [
        ("lake_levels", true), ("admin", true), ("lake-levels", false), ("", false), ("_x", false), (String(repeating: "a", count: 65), false),
    ]) func `A thing has a name that fits a variable`(name: String, fits: Bool) { #expect(Names.isThing(name) == fits) }

    @Test(arguments: [("ann", true), ("ann.b_c-d", true), ("Ann", false), ("2ann", false), (".ann", false), ("", false), ("a b", false)])
    func `A person or group has a name`(name: String, fits: Bool) { #expect(Names.isPrincipal(name) == fits) }

    @Test func `A principal reads back from its text`() {
        for principal in [Principal.public, .everyone, .user(UserID(at: Instant(milliseconds: 0))), .group("planning")] {
            #expect(Principal(principal.description) == principal)
        }
        #expect(Principal("user:x") == nil)
        #expect(Principal("somebody") == nil)
        #expect(Principal(accessKey: "planning") == .group("planning"))
    }

    @Test func `Roles grow from viewer to owner`() {
        #expect(Role.allCases == Role.allCases.sorted())
        #expect(Role.owner.actions == Set(Action.allCases))
    }
}
