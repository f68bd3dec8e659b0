// Which passwords are accepted: long enough, not common, not the user's name.

extension Passwords {
    /// What is wrong with a new password, as a sentence that says what to choose instead, or nil when it may be used.
    ///
    /// 12 to 128 characters of any script (NIST SP 800-63B section 5.1.1.2: length and a list of common ones, no rules of composition).
    package static func complaint(about password: String, userName: String) -> String? {
        guard password.count >= 12 else { return "Use at least 12 characters: a few words in a row are easy to remember." }
        guard password.count <= 128, password.utf8.count <= longestBytes else { return "Use at most 128 characters." }
        let folded = password.lowercased()
        if !userName.isEmpty, remains(of: folded, without: userName.lowercased()) < 8 {
            return "Choose a password that is not made from your user name."
        }
        if isCommon(folded) { return "This password is on lists that are tried first. Choose one that nobody would guess." }
        return nil
    }

    /// How many characters are left when every occurrence of `part` is taken out.
    private static func remains(of text: String, without part: String) -> Int {
        let bytes = Array(text)
        let piece = Array(part)
        guard piece.count >= 2, piece.count <= bytes.count else { return bytes.count }
        var index = 0
        var left = 0
        while index < bytes.count {
            if index + piece.count <= bytes.count, bytes[index..<index + piece.count].elementsEqual(piece) {
                index += piece.count
            } else {
                left += 1
                index += 1
            }
        }
        return left == bytes.count ? Int.max : left
    }

    private static func isCommon(_ folded: String) -> Bool {
        let characters = Array(folded)
        if Set(characters).count < 4 || isRepetition(characters) || isRun(characters) { return true }
        if common.contains(folded) || common.contains(String(characters.map { substitutes[$0] ?? $0 })) { return true }
        // A common word with a tail of digits and signs, as in `P@ssword2024!`; only what stands before the tail is read as letters.
        let stem = characters.prefix((characters.lastIndex { $0.isLetter } ?? -1) + 1)
        guard characters.count - stem.count <= 6 else { return false }
        return commonWords.contains(String(stem.filter(\.isLetter))) || commonWords.contains(String(stem.map { substitutes[$0] ?? $0 }))
    }

    /// `abcabcabcabc`: one piece of up to six characters over and over.
    private static func isRepetition(_ characters: [Character]) -> Bool {
        (1...6).contains { size in (size..<characters.count).allSatisfy { characters[$0] == characters[$0 - size] } }
    }

    /// `abcdefghijkl`, `123456789012`, `987654321098`: each character the next or the one before.
    private static func isRun(_ characters: [Character]) -> Bool {
        let values = characters.map { Int($0.unicodeScalars.first?.value ?? 0) }
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }
        let isUp = steps.allSatisfy { $0 == 1 || $0 == -9 }
        return isUp || steps.allSatisfy { $0 == -1 || $0 == 9 }
    }

    private static let substitutes: [Character: Character] = ["0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"]

    private static let common: Set<String> = [
        "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "qazwsxedcrfv", "zaq12wsxcde3", "q1w2e3r4t5y6", "1234qwerasdf", "qwer1234asdf",
        "asdfghjkl123", "qwertyuiop[]", "zxcvbnm12345", "letmein12345", "trustno1trustno1", "correct horse battery staple",
        "correcthorsebatterystaple", "passwordpassword", "password password", "thisismypassword", "mypasswordis", "changemenow!", "ichliebedich",
        "jetaimejetaime", "contrasena123", "motdepasse123", "administrator", "rootrootroot", "secretsecret", "welcomewelcome",
    ]

    private static let commonWords: Set<String> = [
        "password", "passwort", "passwords", "passphrase", "motdepasse", "contraseña", "contrasena", "wachtwoord", "hasło", "parola", "senha",
        "qwerty", "qwertz", "azerty", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qwertyasdf", "zxcvbnm", "letmein", "welcome",
        "willkommen", "iloveyou", "changeme", "changeit", "default", "secret", "admin", "administrator", "superuser", "football", "baseball",
        "basketball", "superman", "batman", "princess", "sunshine", "dragon", "monkey", "starwars", "liverpool", "chelsea", "arsenal", "master",
        "michael", "jennifer", "charlie", "shadow", "summer", "winter", "spring", "autumn", "january", "february", "september", "october",
        "november", "december", "company", "testtest", "testing", "password1234", "mypassword", "newpassword", "thepassword", "mysecret",
        "almanac", "abcdefgh", "abcdefghij", "helloworld", "computer", "internet", "whatever", "manchester", "barcelona", "schalke",
    ]
}
