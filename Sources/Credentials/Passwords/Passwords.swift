// Password hashes: Argon2id in PHC form, computed off the cooperative threads, two at a time.
import CArgon2

/// Hashes and checks passwords with Argon2id (RFC 9106): m = 19 MiB, t = 2, p = 1, the second choice of OWASP's password storage sheet.
package enum Passwords {
    /// Memory in KiB, passes and lanes of a new hash.
    static let memory: UInt32 = 19 * 1024
    static let passes: UInt32 = 2
    static let lanes: UInt32 = 1
    static let gate = HashingGate(atOnce: 2, waiting: 8)
    /// A password longer than this is never hashed, only refused.
    static let longestBytes = 1024

    /// A hash of a password that nobody has, with the parameters of a new hash: what an unknown user is checked against.
    static let nobody = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// A new hash of the password, in PHC form with a fresh salt. Throws `busy` when ten are under way, `hashing` when memory is short.
    package static func hash(_ password: String) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return try await gate.run {
            let bytes = Array(password.utf8)
            let length = argon2_encodedlen(passes, memory, lanes, UInt32(salt.count), 32, Argon2_id)
            var encoded = [CChar](repeating: 0, count: length)
            let code = argon2id_hash_encoded(passes, memory, lanes, bytes, bytes.count, salt, salt.count, 32, &encoded, length)
            guard code == ARGON2_OK.rawValue else { return .failure(failure(code)) }
            return .success(String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
    }

    /// Whether the password is the one that the PHC text was made from. Throws `busy` and `hashing` as `hash` does.
    package static func verify(_ password: String, against phc: String) async throws -> Bool {
        guard password.utf8.count <= longestBytes, Parameters(phc) != nil else {
            try await verifyAgainstNobody(password)
            return false
        }
        return try await gate.run {
            let bytes = Array(password.utf8)
            let code = argon2id_verify(phc, bytes, bytes.count)
            if code == ARGON2_OK.rawValue { return .success(true) }
            if code == ARGON2_VERIFY_MISMATCH.rawValue { return .success(false) }
            return .failure(failure(code))
        }
    }

    /// Takes as long as `verify` for a user who is not there, so that the time does not tell who is. Throws `busy` as `verify` would.
    package static func verifyAgainstNobody(_ password: String) async throws {
        let bytes = Array(password.utf8.prefix(longestBytes))
        _ = try await gate.run { () -> Result<Bool, CredentialsError> in
            .success(argon2id_verify(nobody, bytes, bytes.count) == ARGON2_OK.rawValue)
        }
    }

    /// Whether a hash was made with smaller parameters than a new one would have: then it is replaced at the next sign-in.
    package static func needsRaise(_ phc: String) -> Bool {
        guard let parameters = Parameters(phc) else { return true }
        return parameters.memory < memory || parameters.passes < passes
    }

    private static func failure(_ code: Int32) -> CredentialsError {
        let words = argon2_error_message(code).map { String(cString: $0) } ?? "error \(code)"
        return CredentialsError(.hashing, subject: "password", detail: "the hash could not be computed: \(words)")
    }

    /// The cost parameters in a PHC text of Argon2id, at most 1 GiB and 64 passes: more would be a way to stop the server by a row.
    struct Parameters {
        let memory: UInt32
        let passes: UInt32

        init?(_ phc: String) {
            let parts = phc.split(separator: "$", omittingEmptySubsequences: false)
            guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else { return nil }
            let costs = parts[3].split(separator: ",")
            guard costs.count == 3, costs[0].hasPrefix("m="), costs[1].hasPrefix("t="), costs[2].hasPrefix("p="),
                let memory = UInt32(costs[0].dropFirst(2)), let passes = UInt32(costs[1].dropFirst(2)), memory <= 1 << 20, passes <= 64
            else { return nil }
            self.memory = memory
            self.passes = passes
        }
    }
}
