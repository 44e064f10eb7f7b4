//! Where nodes and edges stand: plain geometry, no DOM.
