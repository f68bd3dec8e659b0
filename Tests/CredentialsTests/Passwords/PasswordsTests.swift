// Passwords: Argon2id against a published vector, both answers, and what is refused.
import Testing

@testable import Credentials

struct PasswordsTests {
    @Test func `A password verifies against its own hash and no other does`() async throws {
        let phc = try await Passwords.hash("correct stable battery")
        #expect(phc.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await Passwords.verify("correct stable battery", against: phc))
        #expect(try await !Passwords.verify("correct stable batterz", against: phc))
        #expect(try await !Passwords.verify("", against: phc))
    }

    @Test func `Two hashes of one password differ`() async throws {
        #expect(try await Passwords.hash("correct stable battery") != Passwords.hash("correct stable battery"))
    }

    /// From libargon2's own test.c (version 0x13, argon2id, t = 2, m = 2^8 KiB, p = 1).
    @Test func `A hash made by the reference program verifies`() async throws {
        let phc = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        #expect(try await Passwords.verify("password", against: phc))
        #expect(Passwords.needsRaise(phc))
    }

    @Test func `Unicode and NUL are part of a password`() async throws {
        let phc = try await Passwords.hash("zwölf Ärzte\u{0}und mehr")
        #expect(try await Passwords.verify("zwölf Ärzte\u{0}und mehr", against: phc))
        #expect(try await !Passwords.verify("zwölf Ärzte", against: phc))
    }

    @Test func `Only smaller parameters are raised`() async throws {
        #expect(try await !Passwords.needsRaise(Passwords.hash("correct stable battery")))
        #expect(Passwords.needsRaise("$argon2id$v=19$m=19456,t=1,p=1$c29tZXNhbHQ$nf65"))
        #expect(!Passwords.needsRaise("$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHQ$nf65"))
        #expect(Passwords.needsRaise("plain"))
    }

    @Test(arguments: ["", "plain", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65", "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$nf65"])
    func `What is no hash of ours verifies nothing`(phc: String) async throws {
        #expect(try await !Passwords.verify("password", against: phc))
    }

    @Test(arguments: [
        ("short", "ann"), ("elevenchars", "ann"), (String(repeating: "a1B2", count: 40), "ann"), ("password1234", "ann"), ("Passwort2024!!", "ann"),
        ("P@ssw0rd1234", "ann"), ("aaaaaaaaaaaaaa", "ann"), ("abcabcabcabc", "ann"), ("123456789012", "ann"), ("abcdefghijklmn", "ann"),
        ("qwertyuiop123", "ann"), ("bernadette-2024", "bernadette"), ("bernadettebernadette", "bernadette"), ("correcthorsebatterystaple", "ann"),
    ])
    func `A weak password gets a complaint`(password: String, userName: String) {
        #expect(Passwords.complaint(about: password, userName: userName) != nil)
    }

    @Test(arguments: ["seven tall herons", "Kx9#pomegranate", "двенадцать месяцев", "ann walks to the lake daily", "火山のふもとに住んでいる人々です"])
    func `A good password gets none`(password: String) {
        #expect(Passwords.complaint(about: password, userName: "ann") == nil)
    }
}
