//! The small kit of controls that every part of the studio is made of. Nothing here knows pipelines or runs.
