# SPDX-License-Identifier: GPL-3.0-or-later
# The interval of a gap by R's package boot. usage: boot_peer.R gap FILE REPLICATES; reads and prints
# as numpy_stats_peer.py does.
library(boot)
given <- commandArgs(TRUE)
bytes <- readBin(given[2], "integer", file.size(given[2]), size = 1)
whose <- bytes[c(TRUE, FALSE)]
level <- bytes[c(FALSE, TRUE)]
data <- data.frame(whose, level)
gap <- function(d, i) {
    x <- d$level[i]
    a <- d$whose[i] == 1
    mean(x[a]) - mean(x[!a])
}
replicates <- as.integer(given[3])
took <- system.time({
    b <- boot(data, gap, R = replicates)
    ci <- boot.ci(b, type = "perc")$percent[4:5]
})
cat(sprintf("0 %.9f\n%.15g\n%.15g\n%.15g\n", sum(took[1:2]) / replicates, b$t0, ci[1], ci[2]))
