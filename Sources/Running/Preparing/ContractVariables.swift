// The environment of a run: what the contract names, and nothing else.
import Vocabulary

/// The whole environment of an attempt's process, by name.
/// - Parameter searchPath: the machine's PATH; the built environment's folder of programs goes before it.
func contractVariables(_ assignment: Assignment, in folder: AttemptFolder, built: BuiltEnvironment, searchPath: String) -> [String: String] {
    var variables = built.variables
    variables["PATH"] = (built.programs.map { $0 + ":" } ?? "") + searchPath
    variables["LANG"] = "C.UTF-8"
    variables["TZ"] = assignment.timeZone
    variables["HOME"] = folder.home
    variables["TMPDIR"] = folder.temporary
    variables["ALMANAC_RUN_ID"] = assignment.run.text
    variables["ALMANAC_JOB"] = assignment.job
    variables["ALMANAC_TASK"] = assignment.task.name
    variables["ALMANAC_ATTEMPT"] = String(assignment.number)
    variables["ALMANAC_SCHEDULED_FOR"] = assignment.scheduledFor.rfc3339(offset: assignment.scheduledOffset)
    variables["ALMANAC_INPUTS"] = folder.inputs
    for input in assignment.inputs { variables["ALMANAC_INPUT_" + input.input.uppercased()] = folder.inputs + "/" + input.fileName }
    variables["ALMANAC_OUTPUTS"] = folder.outputs
    for output in assignment.outputs { variables["ALMANAC_OUTPUT_" + output.name.uppercased()] = folder.outputs + "/" + output.path }
    variables["ALMANAC_PARAMETERS"] = folder.parameters
    for (name, value) in assignment.parameters { variables["ALMANAC_PARAMETER_" + name.uppercased()] = value.text }
    variables["ALMANAC_METRICS"] = folder.metrics
    return variables
}
