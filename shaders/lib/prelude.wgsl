// Prelude of every kernel: what it multiplies. In half precision the loader makes this f16, and of the aliases beside the
// bindings (`realOutput` for `output`) those whose memory holds f16. Conversions between equal types cost nothing.
alias real = f32;
