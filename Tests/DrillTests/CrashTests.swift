// The crash drill as a test: 30 kills, more with ALMANAC_KILLS.
import Foundation
import Testing
import TestSupport

extension `Under fire` {
    @Suite struct `The crash drill` {
        @Test func `kills at random points lose nothing that was acknowledged, double nothing, and leave nothing behind`() async throws {
            print("drill: seed \(DrillSettings.seed), \(DrillSettings.kills) kills")
            var drill = try await Drill(seed: DrillSettings.seed)
            let report = try await drill.run(kills: DrillSettings.kills)
            print("drill: \(report.line)")
            if let path = DrillSettings.report { try report.json.write(to: URL(fileURLWithPath: path)) }
            if !report.violations.isEmpty {
                Issue.record("seed \(report.seed); kept in \(report.kept ?? "nowhere"):\n\(report.violations.prefix(20).joined(separator: "\n"))")
            }
            #expect(report.kills >= DrillSettings.kills)
            #expect(report.editions > 0)
        }
    }
}
