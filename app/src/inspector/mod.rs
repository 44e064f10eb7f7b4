//! Forms for the selected state and for the pipeline. Every change goes through a verb of the document.
