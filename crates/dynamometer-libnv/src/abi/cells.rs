//! The cells of a process: what `dynamometer-cells` calls an owner's table.

/// `libnv_cells_v1`.
pub type Cells = dynamometer_cells::OwnerTable;
/// `libnv_cell_stats_v1`.
pub type CellStats = dynamometer_cells::CellStats;
/// `libnv_segment_v1`.
pub type Segment = dynamometer_cells::Segment;
