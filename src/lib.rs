pub mod audit;
pub mod engine;
pub mod journal;
