//! Errors of the server, as the studio tells them.
