//! The faults.

/// What is wrong with a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    LosesEverySecondIncrement,
    ExclusiveBounds,
    ObservesNan,
    RefusesNan,
    ForgetsOtherThreads,
    NewCellsEachTime,
    AcceptsReservedLabels,
    CallsEverythingInvalidName,
    LowersNames,
    ServesRefused,
    DeadRefused,
    CountsReads,
    UnescapedHelp,
    PanicsOnEmptyLabel,
    AddsNegativeAmounts,
    NeverFalls,
    IgnoresUnits,
    ForgetsScopeLabels,
    JoinsLabelValues,
    RemovesNothing,
}
