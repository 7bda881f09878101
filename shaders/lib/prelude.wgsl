// Prelude of every kernel: the storage type of activations (f32, or f16 in half precision).
alias real = f32;
