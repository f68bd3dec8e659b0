// Model cards: their front matter, and what they lack.
import Defining
import Testing
import Vocabulary

@Suite struct `model cards` {
    @Test func `front matter keeps every key, in its order, as it was written`() {
        let (card, diagnostics) = FrontMatter.read(
            "---\nlicense: mit\ntags: [time-series, 2024]\nversion: 1.10\nmodel-index:\n- name: x\n  results: []\nempty:\n---\n\n# Title\n", file: "README.md")
        #expect(diagnostics.isEmpty)
        #expect(card.entries.map(\.key) == ["license", "tags", "version", "model-index", "empty"])
        #expect(card.value("tags")?.displayed == "time-series, 2024")
        #expect(card.value("version") == .text("1.10"))
        #expect(card.value("model-index")?.displayed == "name: x; results: ")
        #expect(card.entries[3].line == 5)
        #expect(card.body == "\n# Title\n")
        #expect(card.bodyLine == 10)
    }

    @Test func `a card without front matter is all text`() {
        let (card, diagnostics) = FrontMatter.read("# Title\n---\n", file: "README.md")
        #expect(card == FrontMatter.read("# Title\n---\n", file: "x").0)
        #expect(card.entries.isEmpty && card.body == "# Title\n---\n" && card.bodyLine == 1 && diagnostics.isEmpty)
    }

    @Test func `broken front matter is told and the text stays`() {
        let (card, diagnostics) = FrontMatter.read("---\nlicense: [mit\n---\n# Title\n", file: "README.md")
        #expect(card.entries.isEmpty && card.body == "# Title\n")
        #expect(diagnostics.count == 1 && diagnostics[0].line != nil)
    }

    @Test func `a whole card is complete`() {
        let text = "---\nlicense: mit\n---\n# Model\n## Uses\nPlanning.\n## Bias, Risks, and Limitations\nShort.\n## Training data\nFlights.\nEvaluation\n---\n### Results\n3 %\n"
        let check = CardCheck(FrontMatter.read(text, file: "README.md").0)
        #expect(check.isComplete, "\(check)")
    }

    @Test func `missing and empty sections and open places are listed`() {
        let text = "# Model\n## Intended use\n## Limitations\n[More Information Needed]\n## Evaluation\n```\n# Data\n```\n"
        let check = CardCheck(FrontMatter.read(text, file: "README.md").0)
        #expect(check.missing == [.intendedUse, .limitations, .data])
        #expect(check.unfilled == [4])
        #expect(!check.hasLicense)
        #expect(check.diagnostics(file: "README.md").map(\.description).last == "README.md:4:1: warning: `[More Information Needed]` still stands here; write what is known, or that nothing is")
    }
}
