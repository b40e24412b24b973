# SPDX-License-Identifier: GPL-3.0-or-later
# lme4 (Debian r-cran-lme4) on a file: processor seconds of the fit, then standard deviations in the order of
# the columns named, the residual last. usage: Rscript lme4_peer.R FILE Y A,B
suppressPackageStartupMessages(library(lme4))
said <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(said[1])
groups <- strsplit(said[3], ",")[[1]]
for (name in groups) rows[[name]] <- factor(rows[[name]])
model <- as.formula(paste(said[2], "~ 1 +", paste0("(1|", groups, ")", collapse = " + ")))
took <- system.time(fit <- lmer(model, rows))
found <- as.data.frame(VarCorr(fit))
cat(took[["user.self"]] + took[["sys.self"]], "\n")
cat(sprintf("%.10g\n", found$sdcor[match(c(groups, "Residual"), found$grp)]), sep = "")
