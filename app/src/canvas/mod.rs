//! The drawing of the pipeline: nodes, edges, pointer and keyboard work. It only draws; layout, hit tests and edits live elsewhere.
