"""One file or package per road on which messages travel; only these import wechatpy."""
