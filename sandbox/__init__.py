"""WeCom on your desk: plays Tencent's side over real HTTP and encryption. Imports nothing of ours."""
