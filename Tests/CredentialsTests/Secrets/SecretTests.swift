// Secrets and form tokens: shapes, checksums, digests, bindings.
import Testing
import Vocabulary

@testable import Credentials

struct SecretTests {
    @Test func `A token has its shape and its checksum`() {
        for _ in 0..<50 {
            let token = Secret.token()
            #expect(Secret.isToken(token.text))
            #expect(token.digest == Secret.digest(of: token.text))
            #expect(token.prefix.count == 8)
        }
    }

    @Test func `A token with any character changed is none`() {
        let text = Array(Secret.token().text)
        for index in text.indices {
            var changed = text
            changed[index] = changed[index] == "x" ? "y" : "x"
            #expect(!Secret.isToken(String(changed)))
        }
        #expect(!Secret.isToken(String(text.dropLast())))
        #expect(!Secret.isToken(""))
    }

    @Test func `Sessions and links are 256 bits of base64url and never repeat`() {
        let texts = (0..<200).flatMap { _ in [Secret.session().text, Secret.link().text] }
        #expect(Set(texts).count == 400)
        #expect(texts.allSatisfy { Secret.isSecret($0) })
        #expect(!Secret.isSecret(String(repeating: "a", count: 42) + ";"))
    }

    @Test func `Digests are SHA-256`() {
        #expect(Secret.digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `The checksum is the CRC-32 of everybody`() {
        #expect(Encoding.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Encoding.base64URL([0xFB, 0xFF, 0xFE, 0x01]) == "-__-AQ")
        #expect(Encoding.base62([0, 61], width: 3) == "00z")
        #expect(Encoding.base62([1, 0], width: 3) == "048")
    }
}

struct FormTokensTests {
    private let key = [UInt8](repeating: 7, count: 32)

    @Test func `A form token belongs to one binding and one key`() {
        let token = FormTokens.make(key: key, binding: "session:a")
        #expect(FormTokens.verify(token, key: key, binding: "session:a"))
        #expect(!FormTokens.verify(token, key: key, binding: "session:b"))
        #expect(!FormTokens.verify(token, key: [UInt8](repeating: 8, count: 32), binding: "session:a"))
        #expect(!FormTokens.verify("", key: key, binding: "session:a"))
        #expect(!FormTokens.verify(token + "A", key: key, binding: "session:a"))
    }
}
