"""Trucewatch: news articles in, alerts out when an attack follows an announced ceasefire."""
