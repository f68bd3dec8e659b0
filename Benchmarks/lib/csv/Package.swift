// swift-tools-version: 6.2
// The room Tables alone, with a program that measures it: built on demand by Benchmarks/csv, which puts the sources beside this file.
import PackageDescription

let features: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("InternalImportsByDefault"),
]

// The name is the house's own: `package` declarations are seen within it.
let package = Package(
    name: "almanac",
    targets: [
        .target(name: "Vocabulary", swiftSettings: features),
        .target(name: "Tables", dependencies: ["Vocabulary"], swiftSettings: features),
        .executableTarget(name: "csv-reading", dependencies: ["Tables", "Vocabulary"], swiftSettings: features),
    ])
