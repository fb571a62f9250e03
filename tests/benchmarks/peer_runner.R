# Times sna::brokerage as peer_runner.py times the others: peer_runner.R EDGES GROUPS N REPEATS
# BUDGET_S RESULT. An undirected tie is an arc either way to it.
given <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(sna))
edges <- as.matrix(read.csv(given[1], header = FALSE)) + 1
groups <- scan(given[2], quiet = TRUE)
n <- as.integer(given[3])
started <- proc.time()[["elapsed"]]
arcs <- rbind(edges, edges[, 2:1])
network <- cbind(arcs, 1)
attr(network, "n") <- n
cat(sprintf(
  '{"build_s": %.6f, "versions": {"R sna": "%s", "R": "%s.%s"}}\n',
  proc.time()[["elapsed"]] - started, packageVersion("sna"), R.version$major, R.version$minor
))
held_mb <- function() {
  lines <- tryCatch(readLines("/proc/self/status"), error = function(e) "VmHWM: 0")
  as.numeric(gsub("[^0-9]", "", grep("^VmHWM", lines, value = TRUE))) / 1024
}
before <- held_mb()
seconds <- c()
while (length(seconds) < as.integer(given[4])) {
  started <- Sys.time()
  found <- brokerage(network, groups)
  took <- as.numeric(difftime(Sys.time(), started, units = "secs"))
  seconds <- c(seconds, took)
  if (sum(seconds) + took > as.numeric(given[5])) break
}
cat(sprintf(
  '{"seconds": [%s], "before_mb": %.1f, "peak_mb": %.1f}\n',
  paste(sprintf("%.6f", seconds), collapse = ", "), before, held_mb()
))
write.table(found$raw.nli[, 1:5], given[6], sep = ",", row.names = FALSE, col.names = FALSE)
