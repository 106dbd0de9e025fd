//! The journal's time, which never runs backwards.
