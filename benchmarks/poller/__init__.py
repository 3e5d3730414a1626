"""What `benchmarks.bench_poller` measures with: feeds, servers, contenders."""
