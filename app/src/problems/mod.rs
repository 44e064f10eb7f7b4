//! The list of what is wrong with the definition, and its fixes. The checks themselves live in `asl::check`.
